using Heron.Core.Features;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>How far the vent is open.</summary>
public struct VentStatus
{
    /// <summary>0 for closed, 1 for fully open.</summary>
    [Unit("fraction", Minimum = 0, Maximum = 1)]
    public double IsOpen;
}
