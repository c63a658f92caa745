using Heron.Core.Scheduling;

namespace Heron.Server.Driving;

/// <summary>An episode in numbers.</summary>
internal sealed record EpisodeReport
{
    /// <summary>Seed that repeats it.</summary>
    public required uint Seed { get; init; }

    /// <summary>Why it ended.</summary>
    public required EpisodeEnd End { get; init; }

    /// <summary>Simulated time reached, in seconds; 0 for an environment without a clock.</summary>
    public required double EndSeconds { get; init; }

    /// <summary>Environment steps; event-driven: runs of the physics by its clock.</summary>
    public required long Steps { get; init; }

    /// <summary>Agents in the order of the environment.</summary>
    public required IReadOnlyList<AgentReport> Agents { get; init; }

    /// <summary>Metrics of the last step or run of the physics, by name.</summary>
    public required IReadOnlyDictionary<string, float> Metrics { get; init; }

    /// <summary>Sum of each metric over all steps, or runs of the physics, by name.</summary>
    public required IReadOnlyDictionary<string, double> MetricSums { get; init; }

    /// <summary>Counts of an event-driven episode; null step by step.</summary>
    public EpisodeSummary? Events { get; init; }

    /// <summary>Sum of the rewards of all agents.</summary>
    public double Return => Agents.Sum(agent => agent.Return);

    /// <summary>Counts of the agents in <see cref="Agents"/>, in the same order; empty step by step.</summary>
    public IReadOnlyList<AgentStatistics> AgentEvents
    {
        get
        {
            var all = (Events?.Agents ?? []).ToDictionary(agent => agent.AgentId);
            return all.Count == 0 ? [] : [.. Agents.Select(agent => all[agent.AgentId])];
        }
    }

    /// <summary>Mean of each metric over all steps, or runs of the physics, by name; 0 without any.</summary>
    public IReadOnlyDictionary<string, double> MetricMeans => MetricSums.ToDictionary(metric => metric.Key, metric => metric.Value / Math.Max(1, Steps));
}
