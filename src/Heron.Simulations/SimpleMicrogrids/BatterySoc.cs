using Heron.Core.Features;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>Charge of a battery.</summary>
public struct BatterySoc
{
    /// <summary>State of charge, 0.1 to 0.9 of the capacity.</summary>
    [Unit("fraction")]
    public double Soc;

    /// <summary>Energy when full.</summary>
    [Unit("MWh")]
    public double CapacityMwh;
}
