namespace Heron.Core.Environments;

/// <summary>Acting agents that stand above others and have no end of their own: they end with the last of those below them.</summary>
/// <remarks>A coordinator whose agents are all gone has nothing to coordinate; left alive, it would keep the episode from ending.</remarks>
internal sealed class FollowingAgents(ActingAgent[] acting)
{
    // The deepest first, so that an agent sees what became of those between it and the leaves.
    private readonly (int Above, int End)[] _groups = [.. FindGroups(acting).Reverse()];

    /// <summary>Called when everybody else's flags are those after the step.</summary>
    public void End(Span<AgentFlags> flags)
    {
        foreach ((int above, int end) in _groups)
        {
            ReadOnlySpan<AgentFlags> below = flags[(above + 1)..end];
            if ((flags[above] & AgentFlags.Alive) != 0 && !below.AnyAlive())
            {
                bool cutOff = below.Contains(AgentFlags.Observed | AgentFlags.Truncated);
                flags[above] = AgentFlags.Observed | (cutOff ? AgentFlags.Truncated : AgentFlags.Terminated);
            }
        }
    }

    // Acting agents stand in the order of the tree, so those below one follow it directly.
    private static IEnumerable<(int Above, int End)> FindGroups(ActingAgent[] acting)
    {
        for (int above = 0; above < acting.Length; above++)
        {
            int end = above + 1;
            while (end < acting.Length && acting[above].Agent.IsAbove(acting[end].Agent))
            {
                end++;
            }

            if (end > above + 1 && !acting[above].CanTerminate && !acting[above].CanTruncate)
            {
                yield return (above, end);
            }
        }
    }
}
