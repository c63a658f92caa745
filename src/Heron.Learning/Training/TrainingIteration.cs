using Heron.Learning.Ppo;

namespace Heron.Learning.Training;

/// <summary>What one iteration of training did. Returns are sums of the environment's own rewards, never discounted or scaled.</summary>
public sealed record TrainingIteration
{
    /// <summary>Number of the iteration, from 1.</summary>
    public required int Iteration { get; init; }

    /// <summary>Environment steps sampled in this iteration.</summary>
    public required int SampledEnvironmentSteps { get; init; }

    /// <summary>Environment steps sampled since the run began.</summary>
    public required long EnvironmentSteps { get; init; }

    /// <summary>Actions that agents took in this iteration.</summary>
    public required int SampledAgentSteps { get; init; }

    /// <summary>Actions that agents took since the run began.</summary>
    public required long AgentSteps { get; init; }

    /// <summary>Episodes that ended in this iteration, at least partly sampled before its update.</summary>
    public required int FinishedEpisodes { get; init; }

    /// <summary>Episodes that ended since the run began.</summary>
    public required long Episodes { get; init; }

    /// <summary>Returns of the episodes that ended in this iteration, summed over all agents; null when none ended.</summary>
    public required MeanRange? EpisodeReturn { get; init; }

    /// <summary>Lengths of these episodes in environment steps; null when none ended.</summary>
    public required MeanRange? EpisodeLength { get; init; }

    /// <summary>Mean return of these episodes by agent, in the order of the environment; empty when none ended.</summary>
    public required IReadOnlyDictionary<string, double> AgentReturns { get; init; }

    /// <summary>Mean return of these episodes by policy, summed over the agents that act by it; empty when none ended.</summary>
    public required IReadOnlyDictionary<string, double> PolicyReturns { get; init; }

    /// <summary>The environment's metrics by name, mean over the steps of this iteration.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>Losses and more by policy; a policy by which nobody acted was not updated and is missing.</summary>
    public required IReadOnlyDictionary<string, PpoStatistics> Learning { get; init; }

    /// <summary>Learning rate of the update.</summary>
    public required float LearningRate { get; init; }

    /// <summary>Time spent on acting and stepping, in s.</summary>
    public required double SamplingSeconds { get; init; }

    /// <summary>Time spent on advantages and updates, in s.</summary>
    public required double LearningSeconds { get; init; }

    /// <summary>Environment steps per second of both together.</summary>
    public double EnvironmentStepsPerSecond => SampledEnvironmentSteps / Math.Max(SamplingSeconds + LearningSeconds, 1e-9);
}
