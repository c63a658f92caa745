namespace Heron.Core.Scheduling;

/// <summary>Parts of the agents' schedules that an event-driven run heeds. Without any it runs like step mode, so that the loss between the two can be told apart part by part.</summary>
[Flags]
public enum EventTiming
{
    /// <summary>Every agent ticks once per environment step, or once in its <see cref="Agents.Agent.StepPeriod"/>; nothing is late, nothing varies.</summary>
    None = 0,

    /// <summary>The agents' own tick intervals, that of the system agent for the physics among them, instead of the environment's step.</summary>
    TickIntervals = 1,

    /// <summary>Observation delays.</summary>
    ObservationDelays = 2,

    /// <summary>Action delays.</summary>
    ActionDelays = 4,

    /// <summary>Message delays.</summary>
    MessageDelays = 8,

    /// <summary>Jitter of whatever else is heeded.</summary>
    Jitter = 16,

    /// <summary>Everything.</summary>
    All = TickIntervals | ObservationDelays | ActionDelays | MessageDelays | Jitter,
}
