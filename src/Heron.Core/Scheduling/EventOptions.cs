using System.Collections.ObjectModel;

namespace Heron.Core.Scheduling;

/// <summary>How an environment runs event-driven; everything has a default.</summary>
public sealed record EventOptions
{
    /// <summary>Simulated seconds between two runs of the physics; default null: the system agent's own schedule if it declares one and <see cref="Timing"/> heeds tick intervals, else the environment's step length.</summary>
    public double? PhysicsIntervalSeconds { get; init; }

    /// <summary>Simulated time of the first run of the physics in seconds, 0 or more; default null: one physics interval.</summary>
    public double? FirstPhysicsSeconds { get; init; }

    /// <summary>Which moment a delayed observation shows; default that of the tick.</summary>
    public ObservationSampling Sampling { get; init; }

    /// <summary>Which parts of the schedules count; default all.</summary>
    public EventTiming Timing { get; init; } = EventTiming.All;

    /// <summary>Schedules by agent id in place of the agents' own; default none.</summary>
    public IReadOnlyDictionary<string, ScheduleConfig> Schedules { get; init; } = ReadOnlyDictionary<string, ScheduleConfig>.Empty;

    /// <summary>Monitors in addition to the environment's own; default none.</summary>
    public IReadOnlyList<ConditionMonitor> Conditions { get; init; } = [];

    /// <summary>Disturbances of every episode, in place of the environment's own; default null: the environment's own.</summary>
    public DisturbanceSchedule? Disturbances { get; init; }

    /// <summary>Whether rewards and ends are listed one by one in <see cref="EpisodeStatistics"/>, besides the sums; default true.</summary>
    public bool RecordHistory { get; init; } = true;

    /// <summary>Receives every event as it happens; default nobody.</summary>
    public IEventObserver? Observer { get; init; }
}
