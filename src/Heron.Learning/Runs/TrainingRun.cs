using Heron.Core.Environments;
using Heron.Learning.Checkpoints;
using Heron.Learning.Reporting;
using Heron.Learning.Training;

namespace Heron.Learning.Runs;

/// <summary>A training run and the folder that it writes: iteration after iteration, with metrics, checkpoints and the curve.</summary>
/// <remarks>
/// A run that was stopped, by whatever means, goes on from a checkpoint as if it had not been stopped: what it had written
/// after that checkpoint is dropped and written again with the same numbers (wall times excepted). Not safe for concurrent calls.
/// </remarks>
public sealed class TrainingRun : IDisposable
{
    // Improvements come in every iteration at first, and each write waits for the disk.
    private static readonly TimeSpan BestCheckpointPause = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock;
    private readonly FileStream _lock;
    private readonly PpoTrainer _trainer;
    private readonly IReadOnlyList<MetricColumn> _columns;
    private readonly MetricsCsv _metrics;
    private readonly EventFile _events;
    private readonly long _startTimestamp;
    private readonly double _earlierSeconds;
    private RunProgress? _last;
    private Checkpoint? _unsavedBest;
    private long _bestSavedAt;

    private TrainingRun(RunFolder folder, RunConfiguration configuration, Checkpoint? from, EnvironmentRegistry registry, TimeProvider clock)
    {
        Folder = folder;
        Configuration = configuration;
        _clock = clock;
        _lock = Lock(folder);
        try
        {
            _trainer = new PpoTrainer(registry, configuration.Training, clock);
            if (from is not null)
            {
                _trainer.LoadState(from.TrainerState.Span);

                // Before the metrics: a later checkpoint without its rows would be the one to continue from.
                DropCheckpointsAfter(from.Iteration);
            }

            _columns = MetricColumns.Of(_trainer.Policies.Mapping.PolicyIds, _trainer.Policies.Spec.MetricNames);
            _metrics = MetricsCsv.Continue(folder.MetricsPath, [.. _columns.Select(column => column.Name)], from?.Iteration ?? 0);
            _events = OpenEvents(from);
        }
        catch
        {
            // Whatever was made before the failure.
            _metrics?.Dispose();
            _trainer?.Dispose();
            _lock.Dispose();
            throw;
        }

        BestReturn = from?.BestReturn ?? double.NaN;
        _earlierSeconds = from?.ElapsedSeconds ?? 0;
        _startTimestamp = clock.GetTimestamp();
        _bestSavedAt = _startTimestamp;
    }

    /// <summary>The folder.</summary>
    public RunFolder Folder { get; }

    /// <summary>All options.</summary>
    public RunConfiguration Configuration { get; }

    /// <summary>Iterations done.</summary>
    public int Iteration => _trainer.Progress.Iterations;

    /// <summary>Whether all iterations are done.</summary>
    public bool IsDone => Iteration >= Configuration.Training.Iterations;

    /// <summary>The policies, as they are after the last update.</summary>
    public PolicySet Policies => _trainer.Policies;

    /// <summary>Highest mean return so far, summed over agents; not-a-number before the first episode has ended.</summary>
    public double BestReturn { get; private set; }

    /// <summary>Starts a run.</summary>
    /// <param name="path">Its folder, which must not exist, or be empty.</param>
    /// <param name="configuration">All options.</param>
    /// <param name="registry">The catalogue of environments.</param>
    /// <param name="clock">Gives wall times.</param>
    /// <exception cref="CheckpointException">The folder cannot be used; the message says why.</exception>
    /// <exception cref="ArgumentException">An option is out of range or does not fit the environment; nothing is written then.</exception>
    public static TrainingRun Start(string path, RunConfiguration configuration, EnvironmentRegistry registry, TimeProvider clock)
    {
        // Before there is a folder, so that a wrong option leaves none behind.
        configuration.Training.Validate();
        configuration.Training.RequireRoom(new PolicySet(configuration.Training.CreateEnvironment(registry).Spec, configuration.Training));
        var run = new TrainingRun(RunFolder.Create(path, configuration.ToJson()), configuration, from: null, registry, clock);

        // The untrained policies: something to compare with, and to continue from when the run dies early.
        CheckpointFile.Save(run.Folder.CheckpointPath(0), run.Capture());
        return run;
    }

    /// <summary>Goes on with a run.</summary>
    /// <param name="path">Folder of the run, to go on from its last checkpoint; or a checkpoint in it: numbered ones that came later are removed.</param>
    /// <param name="change">Changes what may change: the number of iterations, of threads, the checkpoint interval.</param>
    /// <param name="registry">The catalogue of environments.</param>
    /// <param name="clock">Gives wall times.</param>
    /// <exception cref="CheckpointException">There is no checkpoint, it cannot be used, or the run is being trained by another process; the message names the file.</exception>
    public static TrainingRun Resume(string path, Func<RunConfiguration, RunConfiguration> change, EnvironmentRegistry registry, TimeProvider clock)
    {
        (RunFolder folder, string checkpointPath) = FindCheckpoint(path);
        Checkpoint checkpoint = CheckpointFile.Load(checkpointPath);
        RunConfiguration configuration = change(RunConfiguration.Parse(checkpoint.Configuration, checkpointPath));
        try
        {
            var run = new TrainingRun(folder, configuration, checkpoint, registry, clock);
            File.WriteAllText(folder.ConfigurationPath, configuration.ToJson());
            return run;
        }
        catch (Exception exception) when (exception is ArgumentException or EnvironmentNotFoundException or InvalidDataException)
        {
            throw new CheckpointException($"Cannot continue from '{checkpointPath}': {exception.Message}", exception);
        }
    }

    /// <summary>Trains one iteration, records it, and writes the checkpoints that are due.</summary>
    /// <exception cref="InvalidOperationException">A policy gave numbers that are not finite; the message says what to try.</exception>
    /// <exception cref="IOException">Something could not be written; checkpoints that were there are untouched.</exception>
    public RunProgress RunIteration()
    {
        TrainingIteration iteration = _trainer.RunIteration();
        bool improved = iteration.EpisodeReturn is { } episodes && !(episodes.Mean <= BestReturn);
        if (improved)
        {
            BestReturn = iteration.EpisodeReturn!.Value.Mean;
        }

        _last = Record(new RunProgress { Iteration = iteration, ElapsedSeconds = ElapsedSeconds, BestReturn = BestReturn });
        if (improved)
        {
            _unsavedBest = Capture();
        }

        // The best one first: a numbered checkpoint takes it for saved, so a program that dies between the two must not leave it out.
        bool isDue = Iteration % Configuration.CheckpointInterval == 0 || IsDone;
        string? best = isDue || _clock.GetElapsedTime(_bestSavedAt) >= BestCheckpointPause ? SaveBest() : null;
        string? saved = isDue ? Save() : null;
        return _last with { SavedCheckpoint = saved, SavedBest = best };
    }

    /// <summary>Writes a numbered checkpoint of now, and the picture of the curve. When this returns, they are on the disk.</summary>
    /// <returns>Folder of the checkpoint.</returns>
    public string Save()
    {
        string path = Folder.CheckpointPath(Iteration);
        CheckpointFile.Save(path, Capture());
        SaveCurve();
        return path;
    }

    /// <summary>Writes the best checkpoint, if there is a better one than on the disk.</summary>
    /// <returns>Its folder, or null when it was there already.</returns>
    public string? SaveBest()
    {
        if (_unsavedBest is null)
        {
            return null;
        }

        CheckpointFile.Save(Folder.BestCheckpointPath, _unsavedBest);
        _unsavedBest = null;
        _bestSavedAt = _clock.GetTimestamp();
        return Folder.BestCheckpointPath;
    }

    /// <summary>Closes the files; saves nothing.</summary>
    public void Dispose()
    {
        _metrics.Dispose();
        _events.Dispose();
        _trainer.Dispose();
        _lock.Dispose();
    }

    private double ElapsedSeconds => _earlierSeconds + _clock.GetElapsedTime(_startTimestamp).TotalSeconds;

    private RunProgress Record(RunProgress progress)
    {
        double[] values = [.. _columns.Select(column => column.Read(progress))];
        _metrics.Append(values);
        _events.Scalars(progress.Iteration.EnvironmentSteps, _columns.Zip(values).Where(pair => pair.First.Tag is not null).Select(pair => (pair.First.Tag!, pair.Second)));
        return progress with { Row = [.. _columns.Zip(values, (column, value) => KeyValuePair.Create(column.Name, value))] };
    }

    private Checkpoint Capture() => new()
    {
        Iteration = Iteration,
        EnvironmentSteps = _trainer.Progress.EnvironmentSteps,
        ElapsedSeconds = ElapsedSeconds,
        MeanReturn = _last?.Iteration.EpisodeReturn?.Mean ?? double.NaN,
        BestReturn = BestReturn,
        Configuration = Configuration.ToJson(),
        Tensors = PolicyTensors.Capture(_trainer.Policies),
        TrainerState = _trainer.SaveState(),
    };

    private void SaveCurve()
    {
        var curve = LearningCurve.Of(Folder.Name, RunMetrics.Read(Folder.MetricsPath));
        string partial = Folder.CurvePath + ".partial";
        File.WriteAllText(partial, LearningCurve.Draw(Configuration.Training.EnvironmentId, [curve]));
        File.Move(partial, Folder.CurvePath, overwrite: true);
    }

    private void DropCheckpointsAfter(int iteration)
    {
        foreach (string later in Folder.CheckpointPathsAfter(iteration))
        {
            CheckpointFile.Delete(later);
        }
    }

    private EventFile OpenEvents(Checkpoint? from)
    {
        EventFile events = EventFile.Create(Folder.Path, _clock);
        if (from is null)
        {
            events.Text(0, "configuration", $"```json\n{Configuration.ToJson()}```");
        }
        else
        {
            events.Restart(from.EnvironmentSteps + 1);
        }

        return events;
    }

    private static (RunFolder Folder, string CheckpointPath) FindCheckpoint(string path)
    {
        if (RunFolder.TryOpen(path) is { } run)
        {
            return run.CheckpointPaths is [.., { } last]
                ? (run, last)
                : throw new CheckpointException($"The run '{run.Path}' has no numbered checkpoint to continue from; start it again under another name.");
        }

        string parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) ?? path;
        return File.Exists(Path.Combine(path, CheckpointFile.FileName)) && RunFolder.TryOpen(parent) is { } around
            ? (around, path)
            : throw new CheckpointException($"'{path}' is neither the folder of a run nor a checkpoint in one, so there is nothing to continue.");
    }

    private static FileStream Lock(RunFolder folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder.Path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"The run '{folder.Path}' cannot be written: {exception.Message} Another process may be training it.", exception);
        }
    }
}
