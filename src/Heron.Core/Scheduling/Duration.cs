namespace Heron.Core.Scheduling;

/// <summary>Which of a schedule's durations is meant.</summary>
internal enum Duration
{
    Tick,
    Observation,
    Action,
    Message,
}
