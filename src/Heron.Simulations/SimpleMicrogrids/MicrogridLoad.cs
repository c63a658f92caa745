using Heron.Core.Features;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>What a microgrid consumes.</summary>
public struct MicrogridLoad
{
    /// <summary>Active power drawn, 0 or more.</summary>
    [Unit("MW")]
    public double PMw;
}
