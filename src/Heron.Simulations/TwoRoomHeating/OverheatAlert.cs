using Heron.Core.Scheduling;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>What a heater is told when its zone is too warm.</summary>
public struct OverheatAlert
{
    /// <summary>Temperature of the zone, in °C.</summary>
    public double Temperature;

    /// <summary>The event that carries it: the heater's next action may cool, but not heat.</summary>
    public static CustomEvent<OverheatAlert> Event { get; } = new("overheat_alert");
}
