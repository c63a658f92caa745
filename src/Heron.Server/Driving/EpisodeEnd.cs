namespace Heron.Server.Driving;

/// <summary>Why an episode ended; the words of the wire's EndReason.</summary>
internal enum EpisodeEnd
{
    /// <summary>The agents' episodes ended by their own rules.</summary>
    Terminated,

    /// <summary>Step by step: the environment cut off the last agents.</summary>
    Truncated,

    /// <summary>The steps that were asked for are done.</summary>
    MaxSteps,

    /// <summary>The end time that was asked for is reached.</summary>
    TimeLimit,

    /// <summary>The events that were asked for have happened.</summary>
    MaxEvents,

    /// <summary>The environment's own limit of simulated time is reached.</summary>
    MaxSimTime,

    /// <summary>Nothing was left to happen.</summary>
    QueueEmpty,

    /// <summary>Somebody stopped it.</summary>
    Stopped,
}
