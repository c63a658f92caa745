namespace Heron.Core.Scheduling;

/// <summary>Why an event-driven run came to an end.</summary>
public enum EndReason
{
    /// <summary>The end time given for the run was reached; a later call may go on.</summary>
    TimeLimit,

    /// <summary>The number of events given for the run was reached; a later call may go on.</summary>
    MaxEvents,

    /// <summary>The environment's own limit of simulated time was reached: the episode is over, truncated.</summary>
    MaxSimTime,

    /// <summary>The agents' episodes ended by their own rules, as the environment's end rule demands: the episode is over.</summary>
    Terminated,

    /// <summary>Nothing was left to happen: the episode is over.</summary>
    QueueEmpty,
}
