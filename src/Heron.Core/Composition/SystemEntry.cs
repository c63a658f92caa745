using Heron.Core.Environments;

namespace Heron.Core.Composition;

/// <summary>What <c>system</c> may hold: the root itself belongs to the simulation.</summary>
internal sealed record SystemEntry
{
    [EnvironmentParameter("How often the physics runs event-driven (tick_interval, default once per step), and the delay of the system agent's messages.")]
    public IReadOnlyDictionary<string, object> Schedule { get; set; } = new Dictionary<string, object>();
}
