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

        // Parents come before children, so what is above is settled.
        foreach (Agent agent in agents)
        {
            children[agent.Index] = [];
            int above = FindCoordinator(agent);
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

    private int FindCoordinator(Agent agent)
    {
        if (agent.CommandedBy is { Protocol.Direction: ProtocolDirection.Vertical } commanding)
        {
            return commanding.Owner.Index;
        }

        for (Agent? above = agent.Parent; above is not null; above = above.Parent)
        {
            if (VerticalOf(above).Any(coordination => coordination.Members.Contains(agent)))
            {
                return above.Index;
            }
        }

        return agent.Parent is { } parent && IsReactive[parent.Index] ? parent.Index : -1;
    }
}
