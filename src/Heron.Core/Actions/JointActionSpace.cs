using Heron.Core.Agents;
using Heron.Core.Spaces;

namespace Heron.Core.Actions;

/// <summary>The actions of several agents as one: their continuous numbers, then their heads, each in the order of the agents.</summary>
public static class JointActionSpace
{
    /// <summary>Joins action spaces.</summary>
    /// <param name="spaces">In the order in which the numbers stand.</param>
    /// <returns>A box, heads, or both together; a single category when there is nothing to decide.</returns>
    public static Space Of(params IReadOnlyList<Space> spaces)
    {
        var lows = new List<float>();
        var highs = new List<float>();
        var heads = new List<int>();
        foreach (Space space in spaces)
        {
            for (int i = 0; i < space.ContinuousLength; i++)
            {
                lows.Add(space.Low(i));
                highs.Add(space.High(i));
            }

            heads.AddRange(space.HeadSizes);
        }

        return Space.Of(lows, highs, heads);
    }

    /// <summary>Name of each number of a joint action, <c>agent/label</c>; empty when an agent does not name its own.</summary>
    /// <param name="agents">In the order in which the numbers stand; those without an action are passed over.</param>
    internal static IReadOnlyList<string> Labels(IReadOnlyList<Agent> agents)
    {
        Agent[] acting = [.. agents.Where(agent => agent.ActionSpace is not null)];
        if (Array.Exists(acting, agent => agent.ActionLabels.Count != agent.ActionSpace!.Length))
        {
            return [];
        }

        return
        [
            .. acting.SelectMany(agent => agent.ActionLabels.Take(agent.ActionSpace!.ContinuousLength), (agent, label) => $"{agent.Id}/{label}"),
            .. acting.SelectMany(agent => agent.ActionLabels.Skip(agent.ActionSpace!.ContinuousLength), (agent, label) => $"{agent.Id}/{label}"),
        ];
    }
}
