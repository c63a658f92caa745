using Heron.Core.Environments;

namespace Heron.Simulations.Drones;

/// <summary>Arguments of the drones simulation in a composed environment.</summary>
internal sealed record WindArguments
{
    [EnvironmentParameter("Share of the way that the wind takes back per step.", Minimum = -1, Maximum = 1)]
    public double Wind { get; set; } = 0.005;

    [EnvironmentParameter("Whether drones nearer than 0.1 are pushed apart.")]
    public bool Repulsion { get; set; }
}
