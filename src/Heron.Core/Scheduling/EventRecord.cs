namespace Heron.Core.Scheduling;

/// <summary>What a scheduled event is about. Numbers only, so that the queue is a piece of the saved state.</summary>
internal struct EventRecord
{
    public EventKind Kind;
    public DeliveryKind Delivery;
    public EventOrigin Origin;

    /// <summary>Index in the tree of the agent concerned; -1 for none.</summary>
    public int Agent;

    /// <summary>Who sent it, or which monitor or disturbance it is; depends on the kind.</summary>
    public int Source;

    /// <summary>Slot of what the event carries in the store of its kind; -1 for nothing.</summary>
    public int Payload;
}
