namespace Heron.Core.Scheduling;

/// <summary>An event-driven run in numbers, as it is shown to people.</summary>
public sealed record EpisodeSummary
{
    /// <summary>Why the last call that ran it came back; null before the first.</summary>
    public required EndReason? EndReason { get; init; }

    /// <summary>Simulated time reached, in seconds.</summary>
    public required double EndSeconds { get; init; }

    /// <summary>Whether the agents' own rules ended the episode.</summary>
    public bool IsTerminated => EndReason == Scheduling.EndReason.Terminated;

    /// <summary>Whether a limit ended the run.</summary>
    public bool IsTruncated => EndReason is Scheduling.EndReason.TimeLimit or Scheduling.EndReason.MaxEvents or Scheduling.EndReason.MaxSimTime;

    /// <summary>Events that happened.</summary>
    public required long Events { get; init; }

    /// <summary>Events by kind, kinds without events left out.</summary>
    public required IReadOnlyDictionary<EventKind, long> EventsByKind { get; init; }

    /// <summary>Messages by kind, kinds without messages left out.</summary>
    public required IReadOnlyDictionary<DeliveryKind, long> MessagesByKind { get; init; }

    /// <summary>Observations that reached agents.</summary>
    public required long Observations { get; init; }

    /// <summary>Decisions that took effect.</summary>
    public required long Effects { get; init; }

    /// <summary>Times that others learned of a state.</summary>
    public required long StateUpdates { get; init; }

    /// <summary>Runs of the physics by its clock.</summary>
    public required long PhysicsRuns { get; init; }

    /// <summary>Runs of the physics after a disturbance or on request.</summary>
    public required long ExtraPhysicsRuns { get; init; }

    /// <summary>Disturbances that hit.</summary>
    public required long Disturbances { get; init; }

    /// <summary>Custom events that reached their handlers.</summary>
    public required long CustomEvents { get; init; }

    /// <summary>Agents that act, in the order of the environment.</summary>
    public required IReadOnlyList<AgentStatistics> Agents { get; init; }

    /// <summary>What an author should know: nothing was rewarded, the physics never ran, messages outlast the physics interval.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }
}
