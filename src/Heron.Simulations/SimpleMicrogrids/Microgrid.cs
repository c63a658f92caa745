using Heron.Core.Agents;
using Heron.Core.Features;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>Stands above one battery and one generator and knows their load.</summary>
public sealed class Microgrid : CoordinatorAgent
{
    /// <summary>Creates a microgrid with a constant load.</summary>
    /// <param name="id">Unique within the environment.</param>
    /// <param name="loadMw">Active power drawn, in MW.</param>
    public Microgrid(string id, double loadMw)
        : base(id) => Load = AddFeature(new MicrogridLoad { PMw = loadMw }, Visibility.Public);

    /// <summary>What it consumes.</summary>
    public Feature<MicrogridLoad> Load { get; }
}
