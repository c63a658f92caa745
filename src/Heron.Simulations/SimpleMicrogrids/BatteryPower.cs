using Heron.Core.Features;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>What a battery was told to do; it holds until it is told otherwise.</summary>
public struct BatteryPower
{
    /// <summary>Active power drawn to charge, negative to discharge.</summary>
    [Unit("MW")]
    public double PMw;
}
