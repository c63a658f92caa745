using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Heron.Server.Hosting;
using Heron.Server.Tests.Shared;

namespace Heron.Server.Tests.Container;

/// <summary>What the Dockerfiles say is true of the program, the clone and each other.</summary>
public class DockerfileTests
{
    private static readonly Dockerfile ServerFile = Dockerfile.Read(Dockerfile.Server);

    public static TheoryData<string> Files => [Dockerfile.Server, Dockerfile.Client];

    [Theory]
    [MemberData(nameof(Files))]
    public void BaseImages_EveryStage_ArePinnedToAFullVersion(string file) =>
        Assert.All(Dockerfile.Read(file).BaseImages, image => Assert.Matches(@"^[a-z./]+:\d+\.\d+\.\d+-[a-z-]+$", image));

    [Fact]
    public void BaseImages_WithTheSdk_SatisfyGlobalJson()
    {
        JsonElement sdk = JsonDocument.Parse(CloneFiles.Read("global.json")).RootElement.GetProperty("sdk");
        var wanted = Version.Parse(sdk.GetProperty("version").GetString()!);

        Version[] versions = [.. VersionsOf("dotnet/sdk")];

        // latestFeature: this version or any later one with the same first two numbers.
        Assert.Equal("latestFeature", sdk.GetProperty("rollForward").GetString());
        Assert.Equal(2, versions.Length);
        Assert.All(versions, version => Assert.Equal((wanted.Major, wanted.Minor, true), (version.Major, version.Minor, version >= wanted)));
        Assert.Single(versions.Distinct());
    }

    [Fact]
    public void BaseImages_WithTheRuntime_AreTheTargetFramework()
    {
        string framework = XDocument.Parse(CloneFiles.Read("Directory.Build.props")).Descendants("TargetFramework").Single().Value;

        Version version = Assert.Single(VersionsOf("dotnet/aspnet"));

        Assert.Equal(framework, $"net{version.ToString(2)}");
    }

    [Fact]
    public void BaseImages_OfTheClient_HaveAPythonThatItAsksFor()
    {
        string wanted = Regex.Match(CloneFiles.Read("python_client/pyproject.toml"), @"requires-python = "">=([\d.]+)""").Groups[1].Value;

        IEnumerable<Version> versions = VersionsOf("library/python", Dockerfile.Client);

        Assert.All(versions, version => Assert.True(version >= Version.Parse(wanted), $"Python {version} is older than {wanted}."));
        Assert.Single(versions.Distinct());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void CopiedPaths_All_ExistAndReachTheEngine(string file)
    {
        string[] rules = CloneFiles.Read(".dockerignore").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Contains("*", rules);
        Assert.All(Dockerfile.Read(file).CopiedPaths, path =>
        {
            Assert.True(CloneFiles.Exists(path), $"{path} is not in the clone.");
            Assert.Contains("!" + path.Split('/')[0], rules);
            Assert.DoesNotContain(path, rules);
        });
    }

    [Fact]
    public void Commands_OfTheServer_StartTheProgramThatIsPublished()
    {
        string folder = Regex.Match(ServerFile.Values("RUN").Last(), "dotnet publish src/Heron.Server .*--output ([^ ]+)").Groups[1].Value;
        string name = XDocument.Parse(CloneFiles.Read("src/Heron.Server/Heron.Server.csproj")).Descendants("AssemblyName").Single().Value;

        Assert.Contains($"--from=build {folder} {folder}", ServerFile.Image.Values("COPY"));
        Assert.Equal($"{folder}/{name}", ServerFile.StartCommand[0]);
        Assert.Equal($"{folder}/{name}", ServerFile.HealthCommand[0]);
    }

    [Fact]
    public void Commands_OfTheServer_AreUnderstood()
    {
        Assert.Empty(HeronCommand.ErrorsOf(ServerFile.StartCommand[1..]));
        Assert.Empty(HeronCommand.ErrorsOf(ServerFile.HealthCommand[1..]));
    }

    [Theory]
    [InlineData("--port", "serve", "--port", "50051")]
    [InlineData("--adress", "health", "--adress", "127.0.0.1:50051")]
    [InlineData("start", "start", "--listen", "0.0.0.0:50051")]
    [InlineData("--listen is '50051'", "serve", "--listen", "50051")]
    public void Commands_WithWhatDoesNotExist_AreNotUnderstood(string expected, params string[] args) =>
        Assert.Contains(HeronCommand.ErrorsOf(args), error => error.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Ports_OfTheServer_AreTheUsualOne()
    {
        string[] start = ServerFile.StartCommand[1..];
        var listen = HeronCommand.ValueOf<IPEndPoint>("--listen", start);
        string asked = HeronCommand.ValueOf<string>("--address", ServerFile.HealthCommand[1..]);

        Assert.Equal(new IPEndPoint(IPAddress.Any, new HeronServerOptions().Listen.Port), listen);
        Assert.True(HeronCommand.ValueOf<bool>("--allow-insecure", start));
        Assert.Equal(listen.Port, ServerFile.Port);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, listen.Port).ToString(), asked);
    }

    [Fact]
    public void User_OfTheServer_OwnsItsVolumeAndNothingElse()
    {
        string user = ServerFile.Image.Single("USER");
        string volume = ServerFile.Image.Single("VOLUME");

        Assert.Equal("$APP_UID", user);
        Assert.Contains($"mkdir --parents {volume}", ServerFile.Values("RUN").Last());
        string owned = Assert.Single(ServerFile.Image.Values("COPY"), copy => copy.Contains("--chown", StringComparison.Ordinal));
        Assert.Equal($"--from=build --chown={user}:{user} {Path.GetDirectoryName(volume)} {Path.GetDirectoryName(volume)}", owned);
        Assert.Equal(Path.GetDirectoryName(volume), ServerFile.Image.Single("WORKDIR"));
    }

    [Fact]
    public void User_OfTheClient_OwnsItsVolume()
    {
        Dockerfile image = Dockerfile.Read(Dockerfile.Client).Image;

        Assert.Equal($"useradd --uid {image.Single("USER")} heron && install --directory --owner heron {image.Single("VOLUME")}", image.Values("RUN").Last());
    }

    [Fact]
    public void Variables_OfTheImages_AreOnlyThoseThatSomebodyReads()
    {
        string examples = CloneFiles.Read("python_client/examples/01_microgrids_ppo.py");

        // The program takes options and no variables of its own.
        Assert.All(ServerFile.Variables, name => Assert.StartsWith("DOTNET_", name, StringComparison.Ordinal));
        Assert.All(Dockerfile.Read(Dockerfile.Client).Variables, name =>
            Assert.True(name == "HOME" || name.StartsWith("RAY_", StringComparison.Ordinal) || examples.Contains($"\"{name}\"", StringComparison.Ordinal), name));
    }

    private static IEnumerable<Version> VersionsOf(string image, string file = Dockerfile.Server) => Dockerfile.Read(file).BaseImages
        .Select(name => Regex.Match(name, $@"/{image}:(\d+\.\d+\.\d+)-"))
        .Where(match => match.Success)
        .Select(match => Version.Parse(match.Groups[1].Value));
}
