using System.Text.Json.Nodes;
using Heron.Learning.Checkpoints;
using Heron.Learning.Runs;
using Heron.Server.Commands;
using static Heron.Server.Tests.Shared.CommandRun;

namespace Heron.Server.Tests.Commands;

public sealed class TrainCommandTests : IDisposable
{
    private static readonly string[] Small = ["--env", "SimpleMicrogrids-v0", "--num-envs", "2", "--train-batch-size", "96", "--hidden-dim", "8", "--num-sgd-iter", "1"];

    private readonly string _folder = Directory.CreateTempSubdirectory("heron-train-").FullName;

    private string RunPath => Path.Combine(_folder, "run");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Train_ToAPipe_PrintsBannerTableAndPaths()
    {
        (int Code, string Output, string Error) run = await TrainAsync("--iterations", "4", "--checkpoint-freq", "3", "--seed", "5");

        Assert.Equal((0, ""), (run.Code, run.Error));
        string[] lines = run.Output.Split('\n');
        Assert.Contains("Experiment:         run", lines);
        Assert.Contains("Random seed:        5", lines);
        int header = Array.FindIndex(lines, line => line.StartsWith(" Iter |     Reward |       Cost | Episodes |      Steps |     Time |", StringComparison.Ordinal));
        Assert.StartsWith("    1 |", lines[header + 1]);
        Assert.Matches(@"^    1 \| +-[0-9.]+ \| +[0-9.]+ \| +2 \| +96 \| +[0-9.]+s \| +48\.0 \|", lines[header + 1]);
        Assert.Contains($"Checkpoint saved: {TrainingBanner.Shorten(Path.Combine(RunPath, "checkpoint_000003"))}", lines);
        Assert.Contains($"Final checkpoint: {TrainingBanner.Shorten(Path.Combine(RunPath, "checkpoint_000004"))}", lines);
        Assert.DoesNotContain("\u001b", run.Output, StringComparison.Ordinal);
        Assert.Equal(4, CheckpointFile.Load(Path.Combine(RunPath, "checkpoint_000004")).Iteration);
        Assert.True(File.Exists(Path.Combine(RunPath, "curve.svg")));
    }

    [Fact]
    public async Task Train_AtATerminal_DrawsProgressAndCurve()
    {
        (int Code, string Output, string Error) run = await RunAtTerminalAsync(90, [.. Arguments("--iterations", "3")]);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("3/3", run.Output);
        Assert.Contains("┤", run.Output);
        Assert.Contains(" Iter |     Reward |", run.Output);
        Assert.DoesNotContain("Steps/s", run.Output);
        Assert.Contains("Training complete!", run.Output);
    }

    [Fact]
    public async Task Train_AsJson_IsOneDocumentPerLine()
    {
        (int Code, string Output, string Error) run = await TrainAsync("--iterations", "2", "--json");

        JsonNode[] lines = [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(["start", "iteration", "iteration", "end"], lines.Select(line => (string)line["event"]!));
        Assert.Equal(192, (long)lines[2]["environment_steps"]!);
        Assert.True((double)lines[2]["mean_return"]! < 0);
        Assert.Equal(2, CheckpointFile.Load((string)lines[3]["checkpoint"]!).Iteration);
    }

    [Fact]
    public async Task Train_OptionsAndPreset_AreInTheConfiguration()
    {
        await TrainAsync(
            "--preset", "tutorial4", "--iterations", "1", "--lr", "0.002", "--gamma", "0.9", "--lambda", "0.8", "--sgd-minibatch-size", "32", "--independent-policies",
            "--normalize-actions", "off", "--num-workers", "1", "--penalty", "4", "--no-share-reward", "--param", "num_microgrids=2");

        RunConfiguration configuration = ReadConfiguration();
        Assert.Equal("tutorial4", configuration.Preset);
        Assert.Equal((2, 96, 1), (configuration.Training.NumEnvs, configuration.Training.TrainBatchSize, configuration.Training.Threads));
        Assert.Equal([8, 8], configuration.Training.Model.HiddenSizes);
        Assert.Equal((0.002f, 0.9f, 0.8f, 32, 1), (configuration.Training.Ppo.LearningRate, configuration.Training.Ppo.Gamma, configuration.Training.Ppo.Lambda, configuration.Training.Ppo.MinibatchSize, configuration.Training.Ppo.Epochs));
        Assert.Equal(0.2f, configuration.Training.Ppo.ClipParam);
        Assert.Equal("Independent Off", $"{configuration.Training.PolicyMapping} {configuration.Training.ActionMapping}");
        Assert.Equal([4.0, false, 2.0, 48.0], new[] { "penalty", "share_reward", "num_microgrids", "max_episode_steps" }.Select(name => configuration.Training.Parameters[name]));
    }

    [Fact]
    public async Task Train_Test_IsShortAndSavesEachIteration()
    {
        (int Code, string Output, string Error) run = await RunAsync("train", "--test", "--hidden-dim", "8", "--checkpoint-dir", _folder, "--experiment-name", "run");

        Assert.Equal(0, run.Code);
        Assert.Equal(["checkpoint_000000", "checkpoint_000001", "checkpoint_000002", "checkpoint_000003"], RunFolder.Open(RunPath).CheckpointPaths.Select(Path.GetFileName));
        Assert.Equal(1000, ReadConfiguration().Training.TrainBatchSize);
    }

    [Fact]
    public async Task Train_WithoutName_TakesOneOfItsOwn()
    {
        (int Code, string Output, string Error) run = await RunAsync(["train", .. Small, "--iterations", "1", "--checkpoint-dir", _folder]);

        Assert.Equal(0, run.Code);
        Assert.Matches("^mappo_SimpleMicrogrids-v0_[0-9]{8}_[0-9]{6}$", Path.GetFileName(Assert.Single(Directory.GetDirectories(_folder))));
    }

    [Fact]
    public async Task Train_Interrupted_SavesAndReturns130AndCanBeResumed()
    {
        (int Code, string Output, string Error) stopped = await RunAsync(interruption => interruption.Stop(ExitCodes.Done), [.. Arguments("--iterations", "2")]);
        (int Code, string Output, string Error) resumed = await RunAsync("train", "--resume", RunPath, "--num-workers", "1");

        Assert.Equal((130, ""), (stopped.Code, stopped.Error));
        Assert.Contains("heron train --resume", stopped.Output);
        Assert.Equal((0, ""), (resumed.Code, resumed.Error));
        Assert.Contains("\n    1 |", resumed.Output);
        Assert.Contains("\n    2 |", resumed.Output);
    }

    [Fact]
    public async Task Resume_RunThatIsDone_AsksForMoreIterations()
    {
        await TrainAsync("--iterations", "1");

        (int Code, string Output, string Error) done = await RunAsync("train", "--resume", RunPath);
        (int Code, string Output, string Error) more = await RunAsync("train", "--resume", RunPath, "--iterations", "2");

        Assert.Equal(2, done.Code);
        Assert.Contains("--iterations takes more", done.Error);
        Assert.Equal(0, more.Code);
        Assert.Contains("Resuming after iteration 1", more.Output);
    }

    [Theory]
    [InlineData("--lr", "--lr", "0.1")]
    [InlineData("--env", "--env", "MultiAgentArena-v0")]
    [InlineData("--experiment-name", "--experiment-name", "other")]
    public async Task Resume_OptionThatCannotChange_ReturnsTwoAndNamesIt(string expected, params string[] options)
    {
        await TrainAsync("--iterations", "1");

        (int Code, string Output, string Error) run = await RunAsync(["train", "--resume", RunPath, .. options]);

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error);
    }

    [Fact]
    public async Task Resume_DamagedCheckpoint_ReturnsOneAndNamesTheFile()
    {
        await TrainAsync("--iterations", "1");
        string file = Path.Combine(RunPath, "checkpoint_000001", CheckpointFile.FileName);
        byte[] bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[1000] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

        (int Code, string Output, string Error) run = await RunAsync("train", "--resume", RunPath, "--iterations", "2");

        Assert.Equal(1, run.Code);
        Assert.Contains($"{file} is damaged", run.Error);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Train_FolderOfAnotherRun_ReturnsOneAndSaysWhatToDo()
    {
        await TrainAsync("--iterations", "1");

        (int Code, string Output, string Error) run = await TrainAsync("--iterations", "1");

        Assert.Equal(1, run.Code);
        Assert.Contains("--resume", run.Error);
    }

    private Task<(int Code, string Output, string Error)> TrainAsync(params string[] options) => RunAsync([.. Arguments(options)]);

    private IEnumerable<string> Arguments(params string[] options) => ["train", .. Small, "--checkpoint-dir", _folder, "--experiment-name", "run", .. options];

    private RunConfiguration ReadConfiguration() => RunConfiguration.Parse(File.ReadAllText(Path.Combine(RunPath, "config.json")), "config.json");
}
