using Heron.Core.Environments;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>Arguments of the microgrid simulation in a composed environment.</summary>
internal sealed record GridArguments
{
    [EnvironmentParameter("Whether every agent gets the mean of all rewards instead of its own.")]
    public bool ShareReward { get; set; }
}
