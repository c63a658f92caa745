using System.Globalization;

namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class RewardsOnlyInEpisode : TrajectoryRule
{
    public override string Meaning => "After a reset all rewards are 0; after a step those of agents are that are neither in the episode nor just ended.";

    protected override string? LookAtAgent(TrialCopy copy, int agent)
    {
        bool mayHaveReward = copy.StepCount > 0 && copy.Flags[agent] != AgentFlags.None;
        return mayHaveReward || copy.Rewards[agent] is 0 or float.NaN
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"has reward {copy.Rewards[agent]} with flags {copy.Flags[agent]}; it must be 0");
    }
}
