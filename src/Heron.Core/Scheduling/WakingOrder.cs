using Heron.Core.Agents;
using Heron.Core.Protocols;

namespace Heron.Core.Scheduling;

/// <summary>Settles who wakes up by a clock of its own and who because an agent above has decided.</summary>
/// <remarks>
/// An agent is reactive if it is a member of a vertical protocol, or stands below one that is; a horizontal protocol makes
/// reactive those that it commands. Everybody else keeps a clock, coordinators without a protocol too: they stay where they are in the tree.
/// </remarks>
internal sealed class WakingOrder
{
    public WakingOrder(Agent[] agents)
    {
        Coordinator = new int[agents.Length];
        IsReactive = new bool[agents.Length];
        var children = new List<int>[agents.Length];
        int[] nearest = FindNearest(agents);

        // Parents come before children, so what is above is settled.
        foreach (Agent agent in agents)
        {
            children[agent.Index] = [];
            int above = FindCoordinator(agent, nearest[agent.Index]);
            Coordinator[agent.Index] = above;
            IsReactive[agent.Index] = above >= 0 || agent.CommandedBy is { Protocol.Direction: ProtocolDirection.Horizontal } && agent.DecisionOffset >= 0;
            if (above >= 0)
            {
                children[above].Add(agent.Index);
            }
        }

        ReactiveChildren = [.. children.Select(list => list.ToArray())];
    }

    /// <summary>Per agent of the tree: who wakes it up and waits for its reward, or -1.</summary>
    public int[] Coordinator { get; }

    /// <summary>Per agent of the tree: whether it has no clock of its own.</summary>
    public bool[] IsReactive { get; }

    /// <summary>Per agent of the tree: those that it wakes up, in tree order.</summary>
    public int[][] ReactiveChildren { get; }

    public static IEnumerable<Coordination> VerticalOf(Agent agent) =>
        agent.Coordinations.Where(coordination => coordination.Protocol.Direction == ProtocolDirection.Vertical && !coordination.Protocol.IsNoOp);

    // Whose vertical protocol an agent is a member of; of several the nearest. Parents come first, so the last one is that.
    private static int[] FindNearest(Agent[] agents)
    {
        int[] nearest = new int[agents.Length];
        nearest.AsSpan().Fill(-1);
        foreach (Agent owner in agents)
        {
            foreach (Agent member in VerticalOf(owner).SelectMany(coordination => coordination.Members))
            {
                nearest[member.Index] = owner.Index;
            }
        }

        return nearest;
    }

    private int FindCoordinator(Agent agent, int nearest)
    {
        if (agent.CommandedBy is { Protocol.Direction: ProtocolDirection.Vertical } commanding)
        {
            return commanding.Owner.Index;
        }

        if (nearest >= 0)
        {
            return nearest;
        }

        return agent.Parent is { } parent && IsReactive[parent.Index] ? parent.Index : -1;
    }
}
