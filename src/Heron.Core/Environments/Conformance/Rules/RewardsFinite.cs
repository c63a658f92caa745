using System.Globalization;

namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class RewardsFinite : TrajectoryRule
{
    public override string Meaning => "Every reset and step writes all rewards, and they are finite.";

    protected override string? LookAtAgent(TrialCopy copy, int agent) => float.IsFinite(copy.Rewards[agent])
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"has reward {copy.Rewards[agent]} (NaN also when it was not written)");
}
