using System.Globalization;
using Heron.Learning.Checkpoints;

namespace Heron.Learning.Runs;

/// <summary>Where a training run keeps its files.</summary>
/// <remarks>
/// <c>config.json</c> (resolved options, seed, versions), <c>metrics.csv</c> (a row per iteration), TensorBoard event
/// files, <c>checkpoint_000000/</c> (untrained), <c>checkpoint_000050/</c> and others, <c>best_checkpoint/</c>, and <c>curve.svg</c>.
/// </remarks>
public sealed class RunFolder
{
    private const string CheckpointPrefix = "checkpoint_";
    private const string BestName = "best_checkpoint";
    private const string ConfigurationName = "config.json";

    private RunFolder(string path) => Path = path;

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Last part of the path: the name of the experiment.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The options.</summary>
    public string ConfigurationPath => System.IO.Path.Combine(Path, ConfigurationName);

    /// <summary>The table of iterations.</summary>
    public string MetricsPath => System.IO.Path.Combine(Path, "metrics.csv");

    /// <summary>The picture of the learning curve.</summary>
    public string CurvePath => System.IO.Path.Combine(Path, "curve.svg");

    /// <summary>Checkpoint of the highest mean return.</summary>
    public string BestCheckpointPath => System.IO.Path.Combine(Path, BestName);

    /// <summary>Folders of the numbered checkpoints, oldest first. Only those that were finished carry such names.</summary>
    public IReadOnlyList<string> CheckpointPaths =>
    [
        .. Directory.EnumerateDirectories(Path, CheckpointPrefix + "*")
            .Where(folder => IterationOf(folder) is not null)
            .OrderBy(IterationOf),
    ];

    /// <summary>Those of <see cref="CheckpointPaths"/> that were written after some iteration.</summary>
    /// <param name="iteration">At least 0.</param>
    public IEnumerable<string> CheckpointPathsAfter(int iteration) => CheckpointPaths.Where(folder => IterationOf(folder) > iteration);

    /// <summary>Folder of the checkpoint after some iteration.</summary>
    /// <param name="iteration">At least 0.</param>
    public string CheckpointPath(int iteration) => System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"{CheckpointPrefix}{iteration:D6}"));

    /// <summary>Makes the folder of a new run.</summary>
    /// <param name="path">Must not exist, or be empty.</param>
    /// <param name="configuration">JSON for <see cref="ConfigurationPath"/>.</param>
    /// <exception cref="CheckpointException">There is something in the folder, or it cannot be written.</exception>
    public static RunFolder Create(string path, string configuration)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        try
        {
            if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            {
                throw new CheckpointException($"'{path}' exists and is not empty. Continue that run with --resume, or choose another name or folder.");
            }

            Directory.CreateDirectory(path);
            var folder = new RunFolder(path);
            File.WriteAllText(folder.ConfigurationPath, configuration);
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"Cannot start a run in '{path}': {exception.Message}", exception);
        }
    }

    /// <summary>Opens the folder of a run.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="CheckpointException">It is no folder of a run.</exception>
    public static RunFolder Open(string path) => TryOpen(path) ?? throw new CheckpointException(
        $"'{path}' is no folder of a run: {(Directory.Exists(path) ? $"it has no {ConfigurationName}" : "there is no such folder")}.");

    /// <summary>Opens the folder of a run, if it is one.</summary>
    /// <param name="path">The folder.</param>
    public static RunFolder? TryOpen(string path)
    {
        var folder = new RunFolder(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));
        return File.Exists(folder.ConfigurationPath) ? folder : null;
    }

    // Null for names of another kind.
    private static int? IterationOf(string folder)
    {
        string name = System.IO.Path.GetFileName(folder);
        return int.TryParse(name.AsSpan(CheckpointPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int iteration) ? iteration : null;
    }
}
