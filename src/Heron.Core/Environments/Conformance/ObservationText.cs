using System.Globalization;
using Heron.Core.Spaces;

namespace Heron.Core.Environments.Conformance;

/// <summary>Says which number of an observation leaves its space.</summary>
internal static class ObservationText
{
    /// <summary>The rest of a sentence about the agent, or null when the observation lies in its space.</summary>
    public static string? Violation(TrialCopy copy, int agent) => copy.Flags[agent].HasFlag(AgentFlags.Observed)
        ? Violation(copy.Spec.Agents[agent], copy.Observations.AsSpan(copy.Spec.Layout.Observation(agent)))
        : null;

    /// <summary>The same for an observation by itself.</summary>
    public static string? Violation(AgentSpec spec, ReadOnlySpan<float> observation)
    {
        if (spec.ObservationSpace.ContainsFlat(observation))
        {
            return null;
        }

        for (int i = 0; spec.ObservationSpace is BoxSpace box && i < observation.Length; i++)
        {
            if (!(observation[i] >= box.Low(i) && observation[i] <= box.High(i)))
            {
                string label = spec.ObservationLabels.Count > 0 ? $"'{spec.ObservationLabels[i]}', " : "";
                return string.Create(CultureInfo.InvariantCulture, $"observes {observation[i]} as {label}number {i} of its observation, which takes {box.Low(i)} to {box.High(i)}");
            }
        }

        string numbers = string.Join(", ", observation.ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture)));
        return $"observes [{numbers}], which is not in {spec.ObservationSpace}";
    }
}
