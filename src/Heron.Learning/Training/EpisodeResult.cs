namespace Heron.Learning.Training;

/// <summary>One evaluated episode.</summary>
public sealed record EpisodeResult
{
    /// <summary>Seed that repeats it.</summary>
    public required uint Seed { get; init; }

    /// <summary>Environment steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Sum of the rewards of all agents.</summary>
    public required double Return { get; init; }

    /// <summary>Sum of rewards by agent, in the order of the environment.</summary>
    public required IReadOnlyDictionary<string, double> AgentReturns { get; init; }

    /// <summary>Sum over the steps of each metric, by name.</summary>
    public required IReadOnlyDictionary<string, double> MetricSums { get; init; }

    /// <summary>Metrics of the last step, by name.</summary>
    public required IReadOnlyDictionary<string, double> FinalMetrics { get; init; }
}
