using Heron.Core.Features;

namespace Heron.Simulations.Drones;

/// <summary>Where a drone is.</summary>
public struct DronePosition
{
    /// <summary>Along the way, 0 to 1.</summary>
    [Unit("fraction")]
    public double X;

    /// <summary>Across it, 0 to 1.</summary>
    [Unit("fraction")]
    public double Y;
}
