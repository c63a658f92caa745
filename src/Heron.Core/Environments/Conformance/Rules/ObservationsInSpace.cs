using System.Globalization;
using Heron.Core.Spaces;

namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class ObservationsInSpace : TrajectoryRule
{
    public override string Meaning => "Every observation, the first and the last included, lies in its agent's observation space.";

    protected override string? LookAtAgent(TrialCopy copy, int agent)
    {
        ReadOnlySpan<float> observation = copy.Observations.AsSpan(copy.Spec.Layout.Observation(agent));
        Space space = copy.Spec.Agents[agent].ObservationSpace;
        if (!copy.Flags[agent].HasFlag(AgentFlags.Observed) || space.ContainsFlat(observation))
        {
            return null;
        }

        string numbers = string.Join(", ", observation.ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture)));
        return $"observes [{numbers}], which is not in {space}";
    }
}
