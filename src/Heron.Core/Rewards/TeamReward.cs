using Heron.Core.Agents;
using Heron.Core.Environments;

namespace Heron.Core.Rewards;

/// <summary>Adds to the reward of everyone who stands above others the rewards of those directly below, from the leaves up.</summary>
/// <remarks>An agent between two that act and that does not act itself passes nothing on.</remarks>
public sealed class TeamReward : EnvironmentScore
{
    private (int Child, int Parent)[] _ways = [];

    /// <inheritdoc/>
    public override void Score(in ScoreContext context)
    {
        foreach ((int child, int parent) in _ways)
        {
            context.Rewards[parent] += context.Rewards[child];
        }
    }

    /// <inheritdoc/>
    protected internal override void Connect(ScoreSetup setup)
    {
        // Parents come before children, so that backwards every child is complete before it is passed on.
        var ways = new List<(int, int)>();
        for (int child = setup.ActingAgents.Count - 1; child >= 0; child--)
        {
            if (setup.ActingAgents[child].Parent is Agent parent && setup.IndexOf(parent) is >= 0 and int index)
            {
                ways.Add((child, index));
            }
        }

        _ways = [.. ways];
    }
}
