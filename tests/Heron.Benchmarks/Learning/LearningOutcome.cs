using Heron.Learning.Training;

namespace Heron.Benchmarks.Learning;

/// <summary>What one run learned. Returns are summed over all agents; seconds are those of sampling and learning, not of evaluation.</summary>
/// <param name="seed">Seed of the run.</param>
internal sealed class LearningOutcome(uint seed)
{
    public uint Seed { get; } = seed;

    public double UntrainedGreedy { get; init; }

    public double TrainedGreedy { get; set; }

    public double FirstReturn { get; private set; } = double.NaN;

    public double LastReturn { get; private set; } = double.NaN;

    public long Steps { get; private set; }

    public double Seconds { get; private set; }

    public long? GoalSteps { get; private set; }

    public double? GoalSeconds { get; private set; }

    public void Add(TrainingIteration iteration)
    {
        Steps = iteration.EnvironmentSteps;
        Seconds += iteration.SamplingSeconds + iteration.LearningSeconds;
        if (iteration.EpisodeReturn is { } range)
        {
            FirstReturn = double.IsNaN(FirstReturn) ? range.Mean : FirstReturn;
            LastReturn = range.Mean;
        }
    }

    public void ReachGoal(long steps)
    {
        GoalSteps ??= steps;
        GoalSeconds ??= Seconds;
    }
}
