using Heron.Learning.Checkpoints;

namespace Heron.Learning.Runs;

/// <summary>What one wants to know about a run at a glance.</summary>
public sealed record RunSummary
{
    /// <summary>Its folder.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>Its options.</summary>
    public required RunConfiguration Configuration { get; init; }

    /// <summary>Its numbers.</summary>
    public required RunMetrics Metrics { get; init; }

    /// <summary>Iterations done.</summary>
    public int Iterations => (int)Last("iteration", 0);

    /// <summary>Environment steps sampled.</summary>
    public long EnvironmentSteps => (long)Last("environment_steps", 0);

    /// <summary>Wall time in seconds.</summary>
    public double ElapsedSeconds => Last("elapsed_seconds", 0);

    /// <summary>Highest mean return of an iteration, summed over agents; not-a-number before the first episode has ended.</summary>
    public double BestReturn => Last("best_return", double.NaN);

    /// <summary>Mean return of the last iteration in which an episode ended.</summary>
    public double LastReturn => Metrics["mean_return"].LastOrDefault(double.IsFinite, double.NaN);

    /// <summary>Mean return of the first such iteration.</summary>
    public double FirstReturn => Metrics["mean_return"].FirstOrDefault(double.IsFinite, double.NaN);

    /// <summary>Reads a run, also one that is being trained.</summary>
    /// <param name="folder">Its folder.</param>
    /// <exception cref="CheckpointException">Its configuration cannot be read; the message names the file.</exception>
    public static RunSummary Read(RunFolder folder)
    {
        try
        {
            return new RunSummary
            {
                Folder = folder,
                Configuration = RunConfiguration.Parse(File.ReadAllText(folder.ConfigurationPath), folder.ConfigurationPath),
                Metrics = RunMetrics.Read(folder.MetricsPath),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"Cannot read the run '{folder.Path}': {exception.Message}", exception);
        }
    }

    private double Last(string column, double none) => Metrics.Count > 0 ? Metrics[column][^1] : none;
}
