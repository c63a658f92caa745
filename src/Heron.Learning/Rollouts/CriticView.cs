using Heron.Core.Environments;

namespace Heron.Learning.Rollouts;

/// <summary>What the critic of a policy with a centralized critic sees.</summary>
/// <remarks>
/// The observations of all agents, zeros for those that are not in the episode, and, when several agents act by the policy, which of
/// them the value is for (one number each, 1 for the agent): agents that share a policy need not share their reward.
/// </remarks>
internal sealed class CriticView(EnvironmentSpec spec, int members)
{
    private const AgentFlags InEpisode = AgentFlags.Alive | AgentFlags.Terminated | AgentFlags.Truncated;

    /// <summary>Numbers in an observation.</summary>
    public int Length { get; } = spec.Layout.ObservationLength + (members > 1 ? members : 0);

    /// <summary>Writes what the critic sees of one agent.</summary>
    /// <param name="member">Number of the agent among those of the policy.</param>
    /// <param name="observations">All observations of a copy.</param>
    /// <param name="flags">All flags of the copy.</param>
    /// <param name="destination">Shape (<see cref="Length"/>).</param>
    public void Write(int member, ReadOnlySpan<float> observations, ReadOnlySpan<AgentFlags> flags, Span<float> destination)
    {
        observations.CopyTo(destination);
        for (int agent = 0; agent < flags.Length; agent++)
        {
            if ((flags[agent] & InEpisode) == 0)
            {
                destination[spec.Layout.Observation(agent)].Clear();
            }
        }

        if (members > 1)
        {
            Span<float> who = destination[observations.Length..Length];
            who.Clear();
            who[member] = 1;
        }
    }
}
