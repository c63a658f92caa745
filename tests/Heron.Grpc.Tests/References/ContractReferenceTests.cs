using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;
using Heron.Grpc.TestServer;

namespace Heron.Grpc.Tests.References;

/// <summary>Our contract assemblies have everything that the official packages and generated code refer to.</summary>
public class ContractReferenceTests
{
    private static readonly Assembly Core = typeof(Status).Assembly;
    private static readonly Assembly Common = typeof(ICompressionProvider).Assembly;

    public static TheoryData<string, int, int, int> Users => new()
    {
        // Assembly, and the least numbers of types, members and overrides that it is known to refer to.
        { typeof(GrpcServiceOptions).Assembly.Location, 32, 69, 20 },
        { typeof(GrpcChannel).Assembly.Location, 35, 66, 15 },
        { typeof(global::Grpc.Health.V1.Health).Assembly.Location, 28, 28, 3 },
        { typeof(Echo).Assembly.Location, 33, 36, 3 },
    };

    [Theory]
    [MemberData(nameof(Users))]
    public void Check_EveryReference_Resolves(string path, int types, int members, int overrides)
    {
        var contracts = new ContractAssemblies()
            .Add("Grpc.Core.Api", Core.Location)
            .Add("Grpc.Net.Common", Common.Location);

        var report = ReferenceChecker.Check(path, contracts);

        Assert.True(report.Problems.Count == 0, $"Missing or different:\n{string.Join('\n', report.Problems)}");
        Assert.True(report.Types >= types, $"{report.Types} types were checked, {types} or more are known.");
        Assert.True(report.Members >= members, $"{report.Members} members were checked, {members} or more are known.");
        Assert.True(report.Overrides >= overrides, $"{report.Overrides} overrides were checked, {overrides} or more are known.");
    }

    [Theory]
    [InlineData("type [Grpc.Core.Api]Grpc.Core.Status")]
    [InlineData("type [Grpc.Core.Api]Grpc.Core.Metadata/Entry")]
    public void Check_ContractWithoutTheTypes_NamesThem(string expected)
    {
        // Grpc.Net.Common in the place of Grpc.Core.Api: nothing is where it should be.
        var wrong = new ContractAssemblies().Add("Grpc.Core.Api", Common.Location);

        var report = ReferenceChecker.Check(typeof(GrpcChannel).Assembly.Location, wrong);

        Assert.Contains(expected, report.Problems);
    }

    [Fact]
    public void GetTypes_OfThePackages_AllLoad()
    {
        // The loader itself checks that abstract members are implemented and that constraints of overrides fit.
        foreach (var assembly in new[] { typeof(GrpcServiceOptions).Assembly, typeof(GrpcChannel).Assembly })
        {
            Assert.NotEmpty(assembly.GetTypes());
        }
    }

    [Fact]
    public void Identity_OfBothAssemblies_IsThePublishedOne()
    {
        foreach (var assembly in new[] { Core, Common })
        {
            Assert.Equal(new Version(2, 0, 0, 0), assembly.GetName().Version);
            Assert.Equal("d754f35622e28bad", Convert.ToHexStringLower(assembly.GetName().GetPublicKeyToken()!));
        }
    }
}
