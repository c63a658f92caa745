namespace Heron.Core.Scheduling;

/// <summary>More waits to happen than an event-driven copy holds; only a reset makes the copy usable again.</summary>
/// <param name="full">What is full, and how much it holds.</param>
public sealed class EventOverflowException(string full)
    : Exception($"{full}. Events come faster than they happen: lengthen tick intervals, shorten delays, or lower the rate of disturbances.");
