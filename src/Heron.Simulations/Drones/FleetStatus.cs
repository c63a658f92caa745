using Heron.Core.Features;

namespace Heron.Simulations.Drones;

/// <summary>How a fleet is doing.</summary>
public struct FleetStatus
{
    /// <summary>Mean distance of two of its drones, 0 with fewer than two; at the start of an episode 0.5 until the first step is over.</summary>
    [Unit("fraction")]
    public double MeanSeparation;

    /// <summary>Mean way that its drones have made, 0 to 1.</summary>
    [Unit("fraction")]
    public double PayloadProgress;
}
