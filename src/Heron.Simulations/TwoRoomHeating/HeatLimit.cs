namespace Heron.Simulations.TwoRoomHeating;

/// <summary>Whether a heater has been told that its zone is too warm.</summary>
public struct HeatLimit
{
    /// <summary>Its next action may cool, but not heat.</summary>
    public bool IsOn;
}
