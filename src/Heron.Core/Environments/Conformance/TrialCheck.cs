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

            if (ObservationText.Violation(copy, agent) is { } violation)
            {
                return $"{copy.Place}: agent '{spec.Id}' {violation}.";
            }
        }

        return null;
    }
}
