using System.Net;
using System.Net.Sockets;
using Heron.Core.Environments;
using Heron.Server.Commands;
using Heron.Simulations.Arena;
using static Heron.Server.Tests.Shared.CommandRun;

namespace Heron.Server.Tests.Commands;

public class CommandLineTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("serve", "--help")]
    [InlineData("envs", "--help")]
    [InlineData("play", "-h")]
    [InlineData("train", "--help")]
    [InlineData("evaluate", "--help")]
    [InlineData("runs", "--help")]
    [InlineData("health", "--help")]
    public async Task Help_OfEveryVerb_HasExamples(params string[] args)
    {
        (int code, string output, string error) = await RunAsync(args);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Examples:", output);
        Assert.Contains("heron ", output);
    }

    [Fact]
    public async Task Version_Always_IsOneLine()
    {
        (int code, string output, _) = await RunAsync("--version");

        Assert.Equal(0, code);
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("'dance'", "dance")]
    [InlineData("'--colour'", "--colour")]
    [InlineData("--listen is 'here'", "serve", "--listen", "here")]
    [InlineData("--listen is '127.0.0.1'", "serve", "--listen", "127.0.0.1")]
    [InlineData("--listen is '127.0.0.1:66000'", "serve", "--listen", "127.0.0.1:66000")]
    [InlineData("--listen 0.0.0.0:0 is reachable from other machines", "serve", "--listen", "0.0.0.0:0")]
    [InlineData("without TLS and tokens everybody there could use the server", "--listen", "[::]:0")]
    [InlineData("Listen on 127.0.0.1, or add --allow-insecure", "serve", "--listen", "192.0.2.1:50051")]
    [InlineData("--address is 'server'; it takes HOST:PORT", "health", "--address", "server")]
    [InlineData("--address is 'server:0'", "health", "--address", "server:0")]
    [InlineData("--address is 'http://server:50051'", "health", "--address", "http://server:50051")]
    [InlineData("--timeout is '0'", "health", "--timeout", "0")]
    [InlineData("--max-sessions is '0'", "serve", "--listen", "127.0.0.1:0", "--max-sessions", "0")]
    [InlineData("--max-sessions is out of range; it takes 1 to 1000000", "serve", "--listen", "127.0.0.1:0", "--max-sessions", "2000000")]
    [InlineData("--lease is out of range; it takes 1 to 604800", "serve", "--listen", "127.0.0.1:0", "--lease", "-1")]
    [InlineData("no environment 'Nope-v0'", "envs", "Nope-v0")]
    [InlineData("no environment 'Nope-v0'", "play", "Nope-v0")]
    [InlineData("no parameter 'agents'", "envs", "Probe-v0", "--param", "agents=3")]
    [InlineData("1 to 1000", "envs", "Probe-v0", "--param", "num_agents=0")]
    [InlineData("NAME=VALUE", "envs", "Probe-v0", "--param", "num_agents")]
    [InlineData("--param agents takes JSON (object list)", "envs", "Composed-v0", "-p", "agents=[{agent_id: a}]")]
    [InlineData("'simulation.name' of Composed-v0 is missing", "play", "Composed-v0", "-p", "agents=[{\"agent_id\": \"a\", \"agent_class\": \"room\"}]")]
    [InlineData("--steps is '0'", "play", "Probe-v0", "--steps", "0")]
    [InlineData("--checkpoint DIR", "play")]
    [InlineData("--sampled is about trained policies", "play", "Probe-v0", "--sampled")]
    [InlineData("--checkpoint is 'nowhere'", "play", "--checkpoint", "nowhere")]
    [InlineData("--checkpoint is 'nowhere'", "evaluate", "--checkpoint", "nowhere")]
    [InlineData("--checkpoint DIR", "evaluate")]
    [InlineData("no environment 'Nope-v0'", "train", "--env", "Nope-v0")]
    [InlineData("no parameter 'agents'", "train", "--param", "agents=3")]
    [InlineData("no parameter 'penalty'", "train", "--env", "MultiAgentArena-v0", "--penalty", "3")]
    [InlineData("--preset is 'best'; it takes one of fast, tutorial4, example5, rllib", "train", "--preset", "best")]
    [InlineData("--normalize-actions is 'on'; it takes one of rescale, clip, off", "train", "--normalize-actions", "on")]
    [InlineData("--iterations is '0'; it takes a whole number from 1", "train", "--iterations", "0")]
    [InlineData("--lr is 'fast'; it takes a number", "train", "--lr", "fast")]
    [InlineData("--gamma is '1.5'; it takes a number from 0 to 1", "train", "--gamma", "1.5")]
    [InlineData("--share-reward and --no-share-reward", "train", "--share-reward", "--no-share-reward")]
    [InlineData("--experiment-name is 'a/b'", "train", "--experiment-name", "a/b")]
    [InlineData("--resume is 'nowhere'", "train", "--resume", "nowhere")]
    public async Task WrongUsage_OfAnyKind_ReturnsTwoAndNamesIt(string expected, params string[] args)
    {
        (int code, string output, string error) = await RunAsync(args);

        Assert.Equal(2, code);
        Assert.Contains(expected, error);
        Assert.DoesNotContain("   at ", error + output);
        Assert.All(error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.True(line.StartsWith("heron: ", StringComparison.Ordinal) || line.StartsWith("Try 'heron", StringComparison.Ordinal), line));
    }

    [Fact]
    public async Task Envs_WithoutId_ListsAll()
    {
        (int code, string output, _) = await RunAsync("envs");

        Assert.Equal(0, code);
        Assert.Contains("MultiAgentArena-v0", output);
        Assert.Contains("SimpleMicrogrids-v0", output);
    }

    [Fact]
    public async Task Envs_OneThatDoesNotBuild_ListsTheOthersAndSaysWhyWhenAsked()
    {
        static void Add(EnvironmentRegistry registry) => registry.Add(new EnvironmentDefinition<object>("Unfinished-v0", new EnvironmentCard { Summary = "Soon.", Description = "Soon.", VersionHistory = [] }, _ => new HeronEnvironmentBuilder("Unfinished-v0")));

        (int listed, string list, _) = await WithEnvironmentsAsync(Add, "envs");
        (int shown, string card, string error) = await WithEnvironmentsAsync(Add, "envs", "Unfinished-v0");

        Assert.Equal((0, 1), (listed, shown));
        Assert.Contains("SimpleMicrogrids-v0", list);
        Assert.Contains("does not build: 'heron envs Unfinished-v0' says why", list);
        Assert.Equal("", card);
        Assert.Equal("heron: Unfinished-v0 does not build. Unfinished-v0 has no agents; add a SystemAgent, then the agents below it.", error.Trim());
    }

    [Fact]
    public async Task Program_EnvironmentThatCannotBeAdded_ReturnsOneWithOneLine()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        int code = await HeronProgram.RunAsync(["envs"], registry => registry.Add(MultiAgentArena.Definition), new Terminal(output, error, isInteractive: false));

        Assert.Equal((1, ""), (code, output.ToString()));
        Assert.Equal("heron: An environment cannot be added. Environment 'MultiAgentArena-v0' is already registered; give the new one another name or version. (Parameter 'definition')", error.ToString().Trim());
    }

    [Fact]
    public async Task Envs_OfAComposition_ShowsItsTreeAndTheCatalogue()
    {
        (int code, string output, _) = await RunAsync(
            "envs", "Composed-v0",
            "-p", """agents=[{"agent_id": "heater", "agent_class": "heater", "count": 2}, {"agent_id": "vent", "agent_class": "vent"}]""",
            "-p", """coordinators=[{"coordinator_id": "ctrl", "agent_class": "zone_controller", "subordinates": ["vent"], "protocol": {"name": "broadcast"}}]""",
            "-p", """simulation={"name": "two_room_heating"}""",
            "-p", "agent_ids=heater_1,ctrl");

        Assert.Equal(0, code);
        Assert.Contains("2 agents", output);
        Assert.Contains("Class heater (field agent)", output);
        Assert.Contains("\n    ctrl: coordinator", output);
        Assert.Contains("\n      vent: field", output);
    }

    [Fact]
    public async Task Envs_OfOne_ShowsItsCardForTheParameters()
    {
        (int code, string output, _) = await RunAsync("envs", "Probe-v0", "--param", "num_agents=2", "--param", "reward_weights=3,4", "--param", "join_late=false", "--param", "task=push");

        Assert.Equal(0, code);
        Assert.Contains("mixed_1", output);
        Assert.DoesNotContain("discrete_2", output);
        Assert.Contains("1 to 1000", output);
        Assert.Contains("one of near, push; default near, here push", output);
        Assert.Contains("here 3,4", output);
        Assert.Contains("v0: first version", output);
        Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MultiAgentArena-v0", "envs", "--json")]
    [InlineData("observation_space", "envs", "MultiAgentArena-v0", "--json")]
    public async Task Envs_AsJson_IsOneDocument(string expected, params string[] args)
    {
        (int code, string output, _) = await RunAsync(args);

        Assert.Equal(0, code);
        using var document = System.Text.Json.JsonDocument.Parse(output);
        Assert.Contains(expected, document.RootElement.GetRawText());
    }

    [Fact]
    public async Task Play_SameSeed_PlaysTheSame()
    {
        (int code, string first, _) = await RunAsync("play", "Probe-v0", "--seed", "7");
        (_, string second, _) = await RunAsync("play", "Probe-v0", "--seed", "7");
        (_, string other, _) = await RunAsync("play", "Probe-v0", "--seed", "8");

        Assert.Equal(0, code);
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        Assert.Contains("seed 7", first);
        Assert.Contains("truncated", first);
    }

    [Fact]
    public async Task Play_StepsAndEpisodes_PlaysThatMuch()
    {
        (_, string output, _) = await RunAsync("play", "MultiAgentArena-v0", "--steps", "2", "--episodes", "3");

        Assert.Contains("3 episodes, 6 steps in all", output);
    }

    [Fact]
    public async Task Play_Interrupted_Returns130()
    {
        (int code, _, string error) = await RunAsync(interruption => interruption.Stop(ExitCodes.Interrupted), "play", "Probe-v0");

        Assert.Equal((130, ""), (code, error));
    }

    [Theory]
    [InlineData(130)]
    [InlineData(0)]
    public async Task Serve_Stopped_HasPrintedItsAddressAndReturnsWhatTheSignalAsksFor(int exitCode)
    {
        string portFile = Path.Combine(Path.GetTempPath(), $"heron-port-{Guid.NewGuid():N}");

        (int code, string output, _) = await RunAsync(interruption => interruption.Stop(exitCode), "--listen", "127.0.0.1:0", "--port-file", portFile);

        string port = (await File.ReadAllTextAsync(portFile, TestContext.Current.CancellationToken)).Trim();
        File.Delete(portFile);
        Assert.Equal(exitCode, code);
        Assert.Equal($"Listening on 127.0.0.1:{port}", output.Trim());
    }

    [Fact]
    public async Task Serve_PortTaken_ReturnsOneWithOneLine()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        (int code, string output, string error) = await RunAsync("serve", "--listen", taken.LocalEndpoint.ToString()!);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("the port is taken", error);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
