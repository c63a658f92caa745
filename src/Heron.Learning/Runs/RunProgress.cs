using Heron.Learning.Training;

namespace Heron.Learning.Runs;

/// <summary>Where a run stands after an iteration.</summary>
public sealed record RunProgress
{
    /// <summary>What the iteration did.</summary>
    public required TrainingIteration Iteration { get; init; }

    /// <summary>Wall time of the run so far in seconds, over all resumptions.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Highest mean return so far, summed over agents; not-a-number before the first episode has ended.</summary>
    public required double BestReturn { get; init; }

    /// <summary>The row that <c>metrics.csv</c> got: heading and number, not-a-number where there is none.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Row { get; init; } = [];

    /// <summary>Folder of the numbered checkpoint that was written after the iteration, if one was: it is on the disk, whole.</summary>
    public string? SavedCheckpoint { get; init; }

    /// <summary>Folder of the best checkpoint, if it was written after the iteration.</summary>
    public string? SavedBest { get; init; }
}
