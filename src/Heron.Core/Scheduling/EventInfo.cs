namespace Heron.Core.Scheduling;

/// <summary>One event of a run.</summary>
/// <param name="TimeNanoseconds">Simulated time since the reset.</param>
/// <param name="Priority">Order within the instant: lower ones come first.</param>
/// <param name="Sequence">Order among equals: when it was scheduled.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Delivery">What a message carried.</param>
/// <param name="AgentId">The agent concerned; null when it concerns none.</param>
/// <param name="Name">Name of the custom event, the disturbance or the condition; else null.</param>
public readonly record struct EventInfo(long TimeNanoseconds, int Priority, long Sequence, EventKind Kind, DeliveryKind Delivery, string? AgentId, string? Name)
{
    /// <summary>Simulated time since the reset.</summary>
    public double TimeSeconds => TimeNanoseconds / 1e9;
}
