namespace Heron.Core.Environments;

/// <summary>Questions about the flags of all agents of a copy.</summary>
internal static class AgentFlagsExtensions
{
    /// <summary>Whether an agent goes on; when none does, the episode is over.</summary>
    public static bool AnyAlive(this ReadOnlySpan<AgentFlags> flags)
    {
        foreach (AgentFlags flag in flags)
        {
            if ((flag & AgentFlags.Alive) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc cref="AnyAlive(ReadOnlySpan{AgentFlags})"/>
    public static bool AnyAlive(this Span<AgentFlags> flags) => AnyAlive((ReadOnlySpan<AgentFlags>)flags);

    public static bool AllAlive(this Span<AgentFlags> flags)
    {
        AgentFlags common = AgentFlags.Alive;
        foreach (AgentFlags flag in flags)
        {
            common &= flag;
        }

        return common != 0;
    }
}
