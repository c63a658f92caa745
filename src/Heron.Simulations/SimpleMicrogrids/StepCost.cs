using Heron.Core.Features;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>What an agent's last step cost.</summary>
public struct StepCost
{
    /// <summary>Money spent, 0 or more.</summary>
    [Unit("$")]
    public double Cost;

    /// <summary>How far limits were exceeded, 0 or more, no unit.</summary>
    public double Safety;
}
