using Heron.Core.Features;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>Output of a generator.</summary>
public struct GenOutput
{
    /// <summary>Active power fed in, 0 to the maximum.</summary>
    [Unit("MW")]
    public double PMw;

    /// <summary>Highest active power.</summary>
    [Unit("MW")]
    public double PMaxMw;
}
