using Heron.Core.Features;

namespace Heron.Core.Rewards;

/// <summary>How a <see cref="CostSafetyScore"/> makes rewards of cost and safety.</summary>
public sealed record CostSafetyOptions
{
    /// <summary>Reward lost per unit of safety violation, 0 or more; default 1.</summary>
    public double Penalty { get; init; } = 1;

    /// <summary>A field that is not 0 when the simulation of the step failed, a power flow that did not converge for example; default none.</summary>
    public FieldHandle? Failure { get; init; }

    /// <summary>Reward of every agent in a step that failed, before the penalty; default -200.</summary>
    public double FailureReward { get; init; } = -200;

    /// <summary>Safety violation of every agent in a step that failed, 0 or more; default 20.</summary>
    public double FailureSafety { get; init; } = 20;
}
