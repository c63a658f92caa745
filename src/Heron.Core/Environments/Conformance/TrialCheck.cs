using System.Globalization;

namespace Heron.Core.Environments.Conformance;

/// <summary>What rules about unusual actions look at afterwards.</summary>
internal static class TrialCheck
{
    /// <summary>An observation outside its space or a reward that is not finite, with its place, or null.</summary>
    public static string? FindBadNumber(TrialCopy copy)
    {
        for (int agent = 0; agent < copy.Flags.Length; agent++)
        {
            AgentSpec spec = copy.Spec.Agents[agent];
            if (!float.IsFinite(copy.Rewards[agent]))
            {
                return string.Create(CultureInfo.InvariantCulture, $"{copy.Place}: agent '{spec.Id}' has reward {copy.Rewards[agent]}.");
            }

            bool observed = copy.Flags[agent].HasFlag(AgentFlags.Observed);
            if (observed && !spec.ObservationSpace.ContainsFlat(copy.Observations.AsSpan(copy.Spec.Layout.Observation(agent))))
            {
                return $"{copy.Place}: the observation of agent '{spec.Id}' is not in {spec.ObservationSpace}.";
            }
        }

        return null;
    }
}
