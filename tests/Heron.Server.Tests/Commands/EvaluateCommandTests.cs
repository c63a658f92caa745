using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Heron.Server.Commands;
using static Heron.Server.Tests.Shared.CommandRun;

namespace Heron.Server.Tests.Commands;

public sealed partial class EvaluateCommandTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("heron-evaluate-").FullName;

    private string RunPath => Path.Combine(_folder, "run");

    public async ValueTask InitializeAsync() =>
        await RunAsync("train", "--num-envs", "2", "--train-batch-size", "96", "--hidden-dim", "8", "--num-sgd-iter", "1", "--iterations", "2", "--checkpoint-dir", _folder, "--experiment-name", "run");

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Evaluate_OneEpisode_PrintsTheLinesOfTheTutorial()
    {
        (int code, string output, string error) = await RunAsync("evaluate", "--checkpoint", RunPath);

        Assert.Equal((0, ""), (code, error));
        string[] lines = output.Split('\n');
        Assert.Equal("Evaluating trained policy...", lines[0]);
        Assert.Contains("best_checkpoint of iteration", lines[1]);
        Assert.Matches(@"^Step  10: Cost=[0-9.]+/step, Safety=[0-9.]+/step", lines[3]);
        Assert.Matches("^Step  40: ", lines[6]);
        Assert.Contains("Episode complete after 48 steps", lines);

        // share_reward: each of six agents gets -(cost + 10 safety) / 6.
        double cost = NumberAfter("Avg cost per step: ", output), safety = NumberAfter("Avg safety per step: ", output);
        Assert.InRange(NumberAfter("Total reward per agent: ", output), (-48 * (cost + (10 * safety)) / 6) - 1, (-48 * (cost + (10 * safety)) / 6) + 1);
    }

    [Fact]
    public async Task Evaluate_AsJson_HasEveryEpisodeAndTheirMeans()
    {
        (int code, string output, _) = await RunAsync("evaluate", "--checkpoint", RunPath, "--episodes", "3", "--seed", "7", "--sampled", "--json");

        Assert.Equal(0, code);
        JsonNode report = JsonNode.Parse(output)!;
        double[] returns = [.. report["results"]!.AsArray().Select(episode => (double)episode!["return"]!)];
        Assert.Equal([7, 8, 9], report["results"]!.AsArray().Select(episode => (int)episode!["seed"]!));
        Assert.Equal(3, returns.Distinct().Count());
        Assert.Equal(returns.Average(), (double)report["mean_return"]!, 6);
        Assert.Equal(returns.Max(), (double)report["max_return"]!);
        Assert.Equal("sampled", (string?)report["actions"]);
        Assert.Equal((double)report["mean_return"]! / 6, (double)report["mean_return_per_agent"]!, 6);
    }

    [Fact]
    public async Task Evaluate_GreedyTwice_IsTheSame()
    {
        (_, string first, _) = await RunAsync("evaluate", "--checkpoint", RunPath, "--json");
        (_, string second, _) = await RunAsync("evaluate", "--checkpoint", RunPath, "--json");

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Evaluate_AnotherCheckpoint_HasOtherWeights()
    {
        (_, string untrained, _) = await RunAsync("evaluate", "--checkpoint", Path.Combine(RunPath, "checkpoint_000000"), "--json");
        (_, string trained, _) = await RunAsync("evaluate", "--checkpoint", Path.Combine(RunPath, "checkpoint_000002"), "--json");

        Assert.NotEqual((double)JsonNode.Parse(untrained)!["mean_return"]!, (double)JsonNode.Parse(trained)!["mean_return"]!);
    }

    [Fact]
    public async Task Evaluate_OtherParameters_ChangesTheEnvironment()
    {
        (int code, string output, _) = await RunAsync("evaluate", "--checkpoint", RunPath, "--param", "max_episode_steps=5", "--param", "num_microgrids=1");

        Assert.Equal(0, code);
        Assert.Contains("Episode complete after 5 steps", output);
        Assert.DoesNotContain("mg_1", output);
    }

    [Fact]
    public async Task Evaluate_Interrupted_Returns130()
    {
        (int code, _, string error) = await RunAsync(interruption => interruption.Stop(ExitCodes.Interrupted), "evaluate", "--checkpoint", RunPath);

        Assert.Equal((130, ""), (code, error));
    }

    [Fact]
    public async Task Play_Checkpoint_PlaysAsItIsEvaluated()
    {
        (int code, string played, _) = await RunAsync("play", "--checkpoint", RunPath, "--seed", "7", "--sampled");
        (_, string evaluated, _) = await RunAsync("evaluate", "--checkpoint", RunPath, "--seed", "7", "--sampled", "--json");

        Assert.Equal(0, code);
        Assert.Contains("step 48 of 48", played);
        double sum = double.Parse(SumOfAllAgents().Match(played).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.Equal((double)JsonNode.Parse(evaluated)!["mean_return"]!, sum, tolerance: 1);
    }

    [Theory]
    [InlineData(2, "trained on SimpleMicrogrids-v0, not on MultiAgentArena-v0", "play", "MultiAgentArena-v0")]
    [InlineData(2, "trained on SimpleMicrogrids-v0, not on MultiAgentArena-v0", "evaluate", "MultiAgentArena-v0")]
    [InlineData(2, "--policy is for evaluations without a checkpoint", "evaluate", "--policy", "neutral")]
    [InlineData(2, "no parameter 'agents'", "evaluate", "--param", "agents=3")]
    [InlineData(2, "1 to 10000", "evaluate", "--param", "num_microgrids=0")]
    [InlineData(2, "--episodes is '0'", "evaluate", "--episodes", "0")]
    public async Task WrongUsage_OfACheckpoint_ReturnsTwoAndNamesIt(int expectedCode, string expected, params string[] args)
    {
        (int code, _, string error) = await RunAsync([.. args, "--checkpoint", RunPath]);

        Assert.Equal(expectedCode, code);
        Assert.Contains(expected, error);
    }

    [Fact]
    public async Task Evaluate_FolderWithoutCheckpoint_ReturnsOneAndSaysSo()
    {
        (int code, _, string error) = await RunAsync("evaluate", "--checkpoint", _folder);

        Assert.Equal(1, code);
        Assert.Contains("has no checkpoint.npz", error);
    }

    [Fact]
    public async Task Evaluate_EventDriven_PrintsWhatHappened()
    {
        (int code, string output, string error) = await RunAsync("evaluate", "TwoRoomHeating-v6", "--event-driven", "--t-end", "20", "--seed", "4");

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("Evaluating random actions...\nTwoRoomHeating-v6, random, seed 4\nEvent-driven for 20 s, timing all\n", output);
        Assert.Contains("Episode complete after 20 steps: time_limit at 20 s", output);
        Assert.Matches(@"\nEvents: [0-9]+ \(agent_tick [0-9]+, action_effect [0-9]+, .*message_delivery [0-9]+", output);
        Assert.Matches(@"\nMessages: state_visible [0-9]+", output);
        Assert.Matches(@"\nObservations [0-9]+, effects [0-9]+, state updates", output);
        Assert.Matches(@"\nStaleness: mean 0\.[0-9]+ s, max 0\.[0-9]+ s", output);
        Assert.Matches(@"\nheater_a +-[0-9.]+ +[0-9]+ +[0-9]+ +[0-9]+ +[0-9]+ +0\.[0-9]+ s +0\.[0-9]+ s", output);
        Assert.Contains("Avg mean_error per step: ", output);
    }

    [Fact]
    public async Task Evaluate_EventDrivenEpisodes_PrintsOneLineEachAndTheirMeans()
    {
        (int code, string output, _) = await RunAsync("evaluate", "Thermostat-v0", "--policy", "neutral", "--event-driven", "--t-end", "10", "--episodes", "3", "--timing", "action");

        Assert.Equal(0, code);
        Assert.Contains("Evaluating neutral actions...", output);
        Assert.Contains("timing action", output);
        Assert.Matches(@"\nEpisode   3: seed 2, 10 steps, [0-9]+ events, staleness 0\.1 s, time_limit at 10 s, return -[0-9.]+", output);
        Assert.Contains("3 episodes complete, 10.00 steps on average", output);
        Assert.Matches(@"\nEvents on average: ", output);
    }

    // Trained step by step, evaluated event-driven: the whole way of a policy.
    [Fact]
    public async Task Evaluate_CheckpointEventDriven_IsCompleteAsJson()
    {
        string[] evaluate = ["evaluate", "--checkpoint", RunPath, "--event-driven", "--timing", "none", "--episodes", "2", "--json"];
        (int code, string output, string error) = await RunAsync(evaluate);
        (_, string stepByStep, _) = await RunAsync("evaluate", "--checkpoint", RunPath, "--episodes", "2", "--json");

        Assert.Equal((0, ""), (code, error));
        JsonNode report = JsonNode.Parse(output)!, steps = JsonNode.Parse(stepByStep)!;
        Assert.Equal(("event_driven", 48 * 3600, "none", "greedy"), ((string)report["mode"]!, (int)report["t_end_seconds"]!, (string)report["timing"]!, (string)report["actions"]!));
        Assert.Equal((double)steps["mean_return"]!, (double)report["mean_return"]!);
        Assert.Equal("step", (string?)steps["mode"]);
        JsonNode episode = report["results"]![1]!;
        Assert.Equal((1, 48, "time_limit", 172800.0), ((int)episode["seed"]!, (int)episode["steps"]!, (string)episode["end_reason"]!, (double)episode["end_seconds"]!));
        Assert.Equal(6, episode["agents"]!.AsArray().Count);
        Assert.Equal(48, (int)episode["agents"]![0]!["effects"]!);
        Assert.Equal(6 * 48, (int)episode["events"]!["effects"]!);
        Assert.Equal(48, (int)episode["events"]!["events_by_kind"]!["simulation"]!);
        Assert.Null(steps["results"]![0]!["events"]);
    }

    [Fact]
    public async Task Evaluate_DelaysOfSomeAgents_ShowInTheirStaleness()
    {
        (int code, string output, _) = await RunAsync(
            "evaluate", "Thermostat-v0", "--event-driven", "--timing", "none", "--action-delay", "room_a=0.25", "--observation-delay", "0.5", "--observation-delay", "room_b=0.125", "--json");

        Assert.Equal(0, code);
        JsonNode agents = JsonNode.Parse(output)!["results"]![0]!["agents"]!;
        Assert.Equal([0.75, 0.125], agents.AsArray().Select(agent => (double)agent!["max_staleness_seconds"]!));
    }

    [Fact]
    public async Task Ablation_OfACheckpoint_PrintsOneTable()
    {
        (int code, string output, string error) = await RunAsync("evaluate", "--checkpoint", RunPath, "--ablation", "--t-end", "36000", "--action-delay", "900", "--tick-interval", "3600");

        Assert.Equal((0, ""), (code, error));
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("greedy, seed 0; 1 episode of at most 10 steps in each row", lines[0]);
        Assert.Equal(["timing", "step", "none", "tick", "observation", "action", "message", "jitter", "all"], lines[1..^1].Select(line => line.Split(' ')[0]));
        Assert.Matches(@"^none +-[0-9.]+ +0\.00 +0\.00 % +0 s +0 s +60 +60", lines[3]);
        Assert.Matches(@"^action +-[0-9.]+ +0\.00 +-?[0-9.]+ % +900 s +900 s", lines[6]);
        Assert.StartsWith("Interaction (", lines[^1]);
    }

    [Fact]
    public async Task Ablation_AsJson_HasEveryEpisodeOfEveryRow()
    {
        (int code, string output, _) = await RunAsync("evaluate", "Thermostat-v0", "--ablation", "--episodes", "2", "--seed", "5", "--jitter", "gaussian:0.2", "--json");

        Assert.Equal(0, code);
        JsonNode report = JsonNode.Parse(output)!;
        JsonArray rows = report["rows"]!.AsArray();
        Assert.Equal((30, 8), ((int)report["steps"]!, rows.Count));
        Assert.Equal([5, 6], rows[3]!["results"]!.AsArray().Select(episode => (int)episode!["seed"]!));
        double step = (double)rows[0]!["mean_return"]!, all = (double)rows[7]!["mean_return"]!;
        Assert.Equal((step - all) / Math.Abs(step) * 100, (double)rows[7]!["gap_percent"]!, 1e-9);
        Assert.NotEqual((double)rows[1]!["mean_return"]!, (double)rows[6]!["mean_return"]!);
    }

    [Theory]
    [InlineData("--event-driven")]
    [InlineData("--ablation")]
    public async Task Evaluate_InterruptedEventDriven_Returns130(string mode)
    {
        (int code, _, string error) = await RunAsync(interruption => interruption.Stop(ExitCodes.Interrupted), "evaluate", "Thermostat-v0", mode, "--t-end", "1000000");

        Assert.Equal((130, ""), (code, error));
    }

    // The physics runs every 300 s there, over steps of an hour.
    [Fact]
    public async Task Evaluate_EventDrivenWithoutAnEnd_RunsThePhysicsAsOftenAsStepsMakeAnEpisode()
    {
        (int code, string output, _) = await RunAsync("evaluate", "SimpleMicrogrids-v0", "-p", "max_episode_steps=3", "--policy", "neutral", "--event-driven");

        Assert.Equal(0, code);
        Assert.Contains("Episode complete after 3 steps: time_limit at 900 s", output);
    }

    [Fact]
    public async Task Evaluate_MoreEventsThanACopyHolds_FailsInOneLine()
    {
        (int code, _, string error) = await RunAsync("evaluate", "Thermostat-v0", "--event-driven", "--t-end", "1", "--tick-interval", "1e-9", "--observation-delay", "1");

        Assert.Equal(1, code);
        Assert.StartsWith("heron: ", error, StringComparison.Ordinal);
        Assert.EndsWith("or lower the rate of disturbances.", error.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("that a copy holds", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tick-interval is '1e10'; it takes seconds, more than 0 and below 9200000000", "Thermostat-v0", "--event-driven", "--tick-interval", "1e10")]
    [InlineData("MultiAgentArena-v0 runs step by step only", "MultiAgentArena-v0", "--event-driven", "--t-end", "3")]
    [InlineData("MultiAgentArena-v0 runs step by step only", "MultiAgentArena-v0", "--event-driven")]
    [InlineData("--t-end is '0'", "Thermostat-v0", "--event-driven", "--t-end", "0")]
    [InlineData("--timing is 'tock'; it takes none, tick, observation, action, message, jitter, all", "Thermostat-v0", "--event-driven", "--timing", "tock")]
    [InlineData("--timing is about event-driven episodes", "Thermostat-v0", "--timing", "all")]
    [InlineData("--t-end is about event-driven episodes", "Thermostat-v0", "--t-end", "3")]
    [InlineData("--steps is about step mode", "Thermostat-v0", "--event-driven", "--steps", "3")]
    [InlineData("--timing does not go with --ablation", "Thermostat-v0", "--ablation", "--timing", "all")]
    [InlineData("two kinds of evaluation", "Thermostat-v0", "--ablation", "--event-driven")]
    [InlineData("--action-delay is '-1'; it takes seconds, 0 or more", "Thermostat-v0", "--event-driven", "--action-delay", "-1")]
    [InlineData("--tick-interval is '0'; it takes seconds, more than 0", "Thermostat-v0", "--event-driven", "--tick-interval", "0")]
    [InlineData("--jitter is 'normal'; it takes none, uniform or gaussian", "Thermostat-v0", "--event-driven", "--jitter", "normal")]
    [InlineData("No agent of Thermostat-v0 is named 'pump_*'", "Thermostat-v0", "--event-driven", "--jitter", "pump_*=uniform:0.1")]
    [InlineData("at least one step of Thermostat-v0, which is 1 s", "Thermostat-v0", "--ablation", "--t-end", "0.5")]
    [InlineData("--policy is 'best'; it takes one of random, neutral, rules", "Thermostat-v0", "--policy", "best")]
    [InlineData("MultiAgentArena-v0 brings no rules", "MultiAgentArena-v0", "--policy", "rules")]
    [InlineData("no environment 'Nope-v0'", "Nope-v0")]
    [InlineData("--sampled is about trained policies", "Thermostat-v0", "--sampled")]
    public async Task WrongUsage_OfEvaluate_ReturnsTwoAndNamesIt(string expected, params string[] args)
    {
        (int code, string output, string error) = await RunAsync(["evaluate", .. args]);

        Assert.Equal(2, code);
        Assert.Contains(expected, error);
        Assert.DoesNotContain("   at ", error + output);
    }

    [GeneratedRegex(@"sum of all agents +(\S+)")]
    private static partial Regex SumOfAllAgents();

    private static double NumberAfter(string label, string output) =>
        double.Parse(output.Split('\n').Single(line => line.StartsWith(label, StringComparison.Ordinal))[label.Length..], CultureInfo.InvariantCulture);
}
