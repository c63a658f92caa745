using System.Reflection;
using System.Xml.Linq;
using Heron.Core.Environments;
using Heron.Simulations.Tests.Shared;

namespace Heron.Simulations.Tests.Architecture;

/// <summary>Who may know whom: dependencies point one way, from the server to the core.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Grpc.Core.Api"] = [],
        ["Grpc.Net.Common"] = ["Grpc.Core.Api"],
        ["Heron.Contracts"] = ["Grpc.Core.Api", "Grpc.Net.Common"],
        ["Heron.Core"] = [],
        ["Heron.Learning"] = ["Heron.Core"],
        ["Heron.Simulations"] = ["Heron.Core"],
        ["Heron.Server"] = ["Heron.Contracts", "Heron.Core", "Heron.Learning", "Heron.Simulations"],
    };

    // The wire, the web host and the console belong to the server.
    private static readonly string[] ServerOnly = ["Grpc", "Google.Protobuf", "Microsoft.AspNetCore", "Microsoft.Extensions", "System.Console", "System.CommandLine", "Spectre"];

    public static TheoryData<string> Projects =>
        [.. Directory.GetFiles(Path.Combine(TestData.SolutionFolder, "src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Path.GetFileNameWithoutExtension).OfType<string>()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectReferences_EveryProject_PointTheAllowedWay(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out string[]? allowed), $"{project} is not in the table of this test; say there which projects it may know.");

        IEnumerable<string> references = References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

        Assert.Empty(references.Except(allowed));
    }

    [Fact]
    public void Projects_FoundOnDisk_AreThoseOfTheTable() =>
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Projects.Select(row => row.Data));

    [Theory]
    [InlineData("Heron.Core")]
    [InlineData("Heron.Learning")]
    [InlineData("Heron.Simulations")]
    public void PackageReferences_BelowTheServer_AreNone(string project) =>
        Assert.Empty(References(project, "PackageReference").Concat(References(project, "FrameworkReference")));

    [Fact]
    public void ReferencedAssemblies_BelowTheServer_HoldNothingOfTheWire()
    {
        Assembly[] assemblies = [typeof(EnvironmentSpec).Assembly, typeof(HeronEnvironments).Assembly];

        IEnumerable<string> names = assemblies.SelectMany(assembly => assembly.GetReferencedAssemblies()).Select(name => name.Name!);

        Assert.DoesNotContain(names, name => Array.Exists(ServerOnly, prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Path.Combine(TestData.SolutionFolder, "src", project, project + ".csproj"))
            .Descendants(kind)
            .Select(element => element.Attribute("Include")!.Value);
}
