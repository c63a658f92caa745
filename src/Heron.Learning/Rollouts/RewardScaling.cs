namespace Heron.Learning.Rollouts;

/// <summary>In which unit a learner sees rewards. What is reported is never scaled.</summary>
public enum RewardScaling
{
    /// <summary>As the environment gives them, as RLlib does.</summary>
    None,

    /// <summary>
    /// Divided by the standard deviation of the discounted returns seen so far, per policy: the critic's targets are then of size
    /// one in every environment, whatever its unit of reward.
    /// </summary>
    ReturnDeviation,
}
