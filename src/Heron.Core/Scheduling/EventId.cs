namespace Heron.Core.Scheduling;

/// <summary>Names one scheduled event, to cancel it; worthless once the event has happened.</summary>
public readonly record struct EventId
{
    internal EventId(int slot, int generation)
    {
        Slot = slot;
        Generation = generation;
    }

    internal int Slot { get; }

    // Starts at 1, so that the default value names no event.
    internal int Generation { get; }
}
