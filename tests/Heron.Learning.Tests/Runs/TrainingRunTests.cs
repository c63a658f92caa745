using Heron.Core.Environments;
using Heron.Learning.Checkpoints;
using Heron.Learning.Ppo;
using Heron.Learning.Runs;
using Heron.Learning.Tests.Shared;
using Heron.Learning.Training;
using Heron.TestEnvironments.Probe;

namespace Heron.Learning.Tests.Runs;

public sealed class TrainingRunTests : IDisposable
{
    private static readonly EnvironmentRegistry Registry = new EnvironmentRegistry().Add(ProbeEnvironment.Definition);

    private static readonly RunConfiguration Configuration = new()
    {
        CheckpointInterval = 2,
        Training = new TrainingOptions
        {
            EnvironmentId = "Probe-v0",
            Iterations = 5,
            Seed = 3,
            NumEnvs = 2,
            TrainBatchSize = 60,
            Threads = 1,
            Model = new ModelOptions { HiddenSizes = [8] },
            Ppo = new PpoOptions { MinibatchSize = 16, Epochs = 2, LearningRateAnnealing = LearningRateAnnealing.Linear },
        },
    };

    private readonly TemporaryFolder _folder = new();
    private readonly FixedTime _clock = new();

    private string RunPath => _folder["run"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RunIteration_ToTheEnd_WritesWhatARunConsistsOf()
    {
        using TrainingRun run = Start();

        IEnumerable<string?> saved = Train(run).Select(progress => Path.GetFileName(progress.SavedCheckpoint)).ToList();

        Assert.True(run.IsDone);
        Assert.Equal(new[] { null, "checkpoint_000002", null, "checkpoint_000004", "checkpoint_000005" }, saved);
        Assert.Equal(5, CheckpointFile.Load(run.Folder.CheckpointPath(5)).Iteration);
        Assert.Equal(5, RunMetrics.Read(run.Folder.MetricsPath).Count);
        Assert.Equal(run.BestReturn, CheckpointFile.Load(run.Folder.BestCheckpointPath).MeanReturn);
        Assert.Contains("<polyline", File.ReadAllText(run.Folder.CurvePath));
        Assert.Equal(Configuration.ToJson(), File.ReadAllText(run.Folder.ConfigurationPath));
        Assert.Single(Directory.GetFiles(RunPath, "events.out.tfevents.*"));
    }

    [Fact]
    public void RunIteration_MeanReturnRises_SavesTheBestAtMostOnceASecond()
    {
        using TrainingRun run = Start(Configuration with { CheckpointInterval = 100, Training = Configuration.Training with { Iterations = 50 } });
        var better = new List<double>();

        for (int i = 0; i < 20; i++)
        {
            RunProgress progress = run.RunIteration();
            Assert.Null(progress.SavedBest);
            better.Add(progress.BestReturn);
        }

        _clock.Now += TimeSpan.FromSeconds(1.5);
        string? saved = run.RunIteration().SavedBest;

        Assert.Equal(better.Order(), better);
        Assert.Equal(run.Folder.BestCheckpointPath, saved);
        Assert.Equal(run.BestReturn, CheckpointFile.Load(saved!).BestReturn);
        Assert.Null(run.SaveBest());
    }

    [Fact]
    public void RunIteration_NumberedCheckpointCannotBeWritten_HasSavedTheBestBefore()
    {
        using TrainingRun run = Start();
        run.RunIteration();
        File.WriteAllText(run.Folder.CheckpointPath(2), "in the way");

        Assert.ThrowsAny<IOException>(run.RunIteration);

        Assert.Equal(run.BestReturn, CheckpointFile.Load(run.Folder.BestCheckpointPath).BestReturn);
    }

    [Theory]
    [InlineData("checkpoint_000002", 2)]
    [InlineData("best_checkpoint", 1)]
    public void Resume_FromAnEarlierCheckpoint_DropsLaterOnes(string from, int expectedIteration)
    {
        using (TrainingRun run = Start())
        {
            run.RunIteration();
            run.SaveBest();
            CheckpointFile.Save(_folder["first"], CheckpointFile.Load(run.Folder.BestCheckpointPath));
            Train(run);
        }

        CheckpointFile.Save(Path.Combine(RunPath, "best_checkpoint"), CheckpointFile.Load(_folder["first"]));

        using TrainingRun resumed = TrainingRun.Resume(Path.Combine(RunPath, from), earlier => earlier, Registry, _clock);

        Assert.Equal(expectedIteration, resumed.Iteration);
        Assert.Equal(new[] { 0, 2 }.Where(iteration => iteration <= expectedIteration), resumed.Folder.CheckpointPaths.Select(path => CheckpointFile.Load(path).Iteration));
        Assert.Empty(Directory.GetDirectories(RunPath, ".*.partial"));
    }

    [Theory]
    [InlineData("run", 4)]
    [InlineData("run/checkpoint_000002", 2)]
    public void Resume_AfterAStop_ContinuesAsIfThereHadBeenNone(string from, int expectedIteration)
    {
        string reference = _folder["reference"];
        using (TrainingRun whole = TrainingRun.Start(reference, Configuration, Registry, _clock))
        {
            Train(whole);
        }

        using (TrainingRun stopped = Start())
        {
            // Dies after its fifth row, before the checkpoint.
            for (int i = 0; i < 4; i++)
            {
                stopped.RunIteration();
            }
        }

        File.AppendAllText(Path.Combine(RunPath, "metrics.csv"), "5,1,2,torn");
        using TrainingRun resumed = TrainingRun.Resume(_folder[from], earlier => earlier, Registry, _clock);
        Assert.Equal(expectedIteration, resumed.Iteration);
        Train(resumed);

        Assert.Equal(File.ReadAllText(Path.Combine(reference, "metrics.csv")), File.ReadAllText(resumed.Folder.MetricsPath));
        Assert.Equal(File.ReadAllBytes(FileOf(reference, "checkpoint_000005")), File.ReadAllBytes(FileOf(RunPath, "checkpoint_000005")));
        Assert.Equal(File.ReadAllBytes(FileOf(reference, "best_checkpoint")), File.ReadAllBytes(FileOf(RunPath, "best_checkpoint")));
    }

    [Fact]
    public void Resume_WithMoreIterations_GoesOnAndSaysSo()
    {
        using (TrainingRun run = Start())
        {
            Train(run);
        }

        using TrainingRun longer = TrainingRun.Resume(RunPath, earlier => earlier with { Training = earlier.Training with { Iterations = 6 } }, Registry, _clock);

        Assert.False(longer.IsDone);
        Assert.Equal(6, Train(longer).Single().Iteration.Iteration);
        Assert.Contains("\"iterations\": 6", File.ReadAllText(longer.Folder.ConfigurationPath));
    }

    [Fact]
    public void Resume_ElapsedTime_GoesOnFromTheCheckpoint()
    {
        using (TrainingRun run = Start())
        {
            run.RunIteration();
            _clock.Now += TimeSpan.FromSeconds(100);
            run.RunIteration();
        }

        using TrainingRun resumed = TrainingRun.Resume(RunPath, earlier => earlier, Registry, _clock);
        _clock.Now += TimeSpan.FromSeconds(5);

        Assert.Equal(105, resumed.RunIteration().ElapsedSeconds);
    }

    [Fact]
    public void Resume_WhileItIsBeingTrained_SaysSo()
    {
        using TrainingRun run = Start();

        CheckpointException exception = Assert.Throws<CheckpointException>(() => TrainingRun.Resume(RunPath, earlier => earlier, Registry, _clock));

        Assert.Contains("Another process", exception.Message);
    }

    [Fact]
    public void Start_NewRun_SavesTheUntrainedPolicies()
    {
        using TrainingRun run = Start();

        Assert.Equal(0, CheckpointFile.Load(Assert.Single(run.Folder.CheckpointPaths)).Iteration);
    }

    [Fact]
    public void Resume_WithoutCheckpoint_SaysSo()
    {
        Start().Dispose();
        Directory.Delete(Path.Combine(RunPath, "checkpoint_000000"), recursive: true);

        Assert.Contains("no numbered checkpoint", Assert.Throws<CheckpointException>(() => TrainingRun.Resume(RunPath, earlier => earlier, Registry, _clock)).Message);
    }

    [Fact]
    public void Resume_NeitherRunNorCheckpoint_SaysSo() =>
        Assert.Contains("nothing to continue", Assert.Throws<CheckpointException>(() => TrainingRun.Resume(_folder.Path, earlier => earlier, Registry, _clock)).Message);

    [Fact]
    public void Resume_WithOtherNetworks_NamesTheCheckpointAndReleasesTheFolder()
    {
        Start().Dispose();

        CheckpointException exception = Assert.Throws<CheckpointException>(() => TrainingRun.Resume(
            RunPath, earlier => earlier with { Training = earlier.Training with { Model = new ModelOptions { HiddenSizes = [9] } } }, Registry, _clock));

        Assert.Contains("checkpoint_000000", exception.Message);
        TrainingRun.Resume(RunPath, earlier => earlier, Registry, _clock).Dispose();
    }

    public static TheoryData<TrainingOptions, string> WrongOptions => new()
    {
        { Configuration.Training with { NumEnvs = 0 }, "NumEnvs is 0" },
        { Configuration.Training with { TrainBatchSize = int.MaxValue }, "TrainBatchSize is 2147483647; for policy" },
        { Configuration.Training with { Ppo = Configuration.Training.Ppo with { LearningRate = 0 } }, "LearningRate is 0; it must be above 0." },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void Start_WrongOption_SaysSoInOneLineAndLeavesNoFolderBehind(TrainingOptions options, string expected)
    {
        var exception = Assert.ThrowsAny<ArgumentException>(() => Start(Configuration with { Training = options }));

        Assert.StartsWith(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
        Assert.False(Directory.Exists(RunPath));
    }

    private TrainingRun Start(RunConfiguration? configuration = null) => TrainingRun.Start(RunPath, configuration ?? Configuration, Registry, _clock);

    private static List<RunProgress> Train(TrainingRun run)
    {
        var all = new List<RunProgress>();
        while (!run.IsDone)
        {
            all.Add(run.RunIteration());
        }

        return all;
    }

    private static string FileOf(string run, string checkpoint) => Path.Combine(run, checkpoint, CheckpointFile.FileName);
}
