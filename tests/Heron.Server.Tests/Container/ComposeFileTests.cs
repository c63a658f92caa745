using System.Text.RegularExpressions;
using Heron.Server.Tests.Shared;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Heron.Server.Tests.Container;

/// <summary>What docker-compose.yml says fits the images and the programs in them.</summary>
public class ComposeFileTests
{
    private static readonly ComposeFile Compose = ComposeFile.Read();
    private static readonly Dockerfile ServerFile = Dockerfile.Read(Dockerfile.Server);

    public static TheoryData<string> Services => [.. ComposeFile.Read().Services.Keys];

    [Theory]
    [InlineData("server", Dockerfile.Server)]
    [InlineData("client", Dockerfile.Client)]
    public void Build_OfEveryService_NamesItsDockerfile(string service, string dockerfile)
    {
        ComposeService.ImageBuild build = Compose.Services[service].Build;

        Assert.Equal((".", dockerfile), (build.Context, build.Dockerfile));
        Assert.True(CloneFiles.Exists(dockerfile));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Rights_OfEveryService_AreTheFewest(string name)
    {
        ComposeService service = Compose.Services[name];

        Assert.True(service.ReadOnly);
        Assert.Equal(["ALL"], service.CapDrop);
        Assert.Equal(["no-new-privileges:true"], service.SecurityOpt);
    }

    [Fact]
    public void Ports_OfTheServer_ArePublishedOnLoopbackOnly() =>
        Assert.Equal([$"127.0.0.1:{ServerFile.Port}:{ServerFile.Port}"], Compose.Server.Ports);

    [Fact]
    public void Ports_OfTheClient_AreNone() => Assert.Empty(Compose.Client.Ports);

    [Fact]
    public void Healthcheck_OfTheServer_IsThatOfItsImage() =>
        Assert.Equal(["CMD", .. ServerFile.HealthCommand], Compose.Server.Healthcheck!.Test);

    [Fact]
    public void Command_OfTheServer_IsUnderstood() =>
        Assert.Empty(HeronCommand.ErrorsOf(Compose.Server.Command is [_, ..] command ? [.. command] : ServerFile.StartCommand[1..]));

    [Theory]
    [InlineData("server", Dockerfile.Server)]
    [InlineData("client", Dockerfile.Client)]
    public void Volumes_OfEveryService_AreDeclaredAndThoseOfItsImage(string service, string dockerfile)
    {
        string[] parts = Assert.Single(Compose.Services[service].Volumes).Split(':');

        Assert.Contains(parts[0], Compose.Volumes.Keys);
        Assert.Equal(Dockerfile.Read(dockerfile).Image.Single("VOLUME"), parts[1]);
    }

    [Fact]
    public void DependsOn_OfTheClient_WaitsUntilTheServerIsHealthy() =>
        Assert.Equal("service_healthy", Assert.Contains("server", Compose.Client.DependsOn).Condition);

    [Fact]
    public void Command_OfTheClient_IsAnExampleWithOptionsThatItHas()
    {
        List<string> command = Compose.Client.Command;
        string example = CloneFiles.Read("python_client/" + command[0]);

        IEnumerable<string> options = Regex.Matches(example, @"add_argument\(\s*""(--[a-z-]+)""").Select(match => match.Groups[1].Value);

        Assert.Contains("python_client/examples examples", Dockerfile.Read(Dockerfile.Client).Image.Values("COPY"));
        Assert.Empty(command.Where(word => word.StartsWith("--", StringComparison.Ordinal)).Except(options));
    }

    [Fact]
    public void Command_OfTheClient_NamesTheServerAndItsVolume()
    {
        List<string> command = Compose.Client.Command;

        Assert.Equal($"server:{ServerFile.Port}", command[command.IndexOf("--address") + 1]);
        Assert.EndsWith(":" + command[command.IndexOf("--output") + 1], Compose.Client.Volumes.Single());
        Assert.Contains("/tmp", Compose.Client.Tmpfs);
    }

    [Fact]
    public void File_Always_HoldsNoSecretsAndTakesNoneFromOutside() =>
        Assert.DoesNotMatch("(?i)password|secret|token|environment|env_file|[$]", CloneFiles.Read("docker-compose.yml"));

    [Fact]
    public void Read_UnknownKey_IsAnError() =>
        Assert.Throws<YamlException>(() => new Deserializer().Deserialize<ComposeFile>("Services:\n  server:\n    Priviledged: true\n"));
}
