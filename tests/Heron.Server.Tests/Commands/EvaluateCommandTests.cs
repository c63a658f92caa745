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

    [GeneratedRegex(@"sum of all agents +(\S+)")]
    private static partial Regex SumOfAllAgents();

    private static double NumberAfter(string label, string output) =>
        double.Parse(output.Split('\n').Single(line => line.StartsWith(label, StringComparison.Ordinal))[label.Length..], CultureInfo.InvariantCulture);
}
