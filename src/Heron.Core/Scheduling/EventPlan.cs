using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Observations;
using Heron.Core.Protocols;

namespace Heron.Core.Scheduling;

/// <summary>What is fixed about the event-driven form of an environment; shared by all copies.</summary>
internal sealed class EventPlan
{
    public EventPlan(EnvironmentSpec spec, StateLayout state, StepPipeline pipeline, EpisodeLimits limits)
    {
        Spec = spec;
        State = state;
        Pipeline = pipeline;
        Limits = limits;
        LayoutHash = HashOf(spec, state);
        Agent[] agents = [.. state.Tree.Agents];
        Agents = agents;
        ActingIndex = [.. agents.Select(agent => agent.ActionSpace is null ? -1 : spec.IndexOf(agent.Id))];
        TreeIndex = [.. agents.Where(agent => agent.ActionSpace is not null).Select(agent => agent.Index)];
        Applies = [.. agents.Select(agent => agent.Overrides(nameof(Agent.Apply)))];
        FeatureRanges = [.. agents.Select(FeatureRange)];
        SeesOthers = [.. agents.Select(agent => agent.ActionSpace is not null && SeesBeyondItself(agent))];
        FeatureStart = FeatureRanges.Where(range => range.Length > 0).Select(range => range.Start).DefaultIfEmpty(state.ByteCount).Min();
        FeatureLength = FeatureRanges.Max(range => range.Start + range.Length) is var end && end > FeatureStart ? end - FeatureStart : 0;
        HandlerPayloadBytes = agents.SelectMany(agent => agent.EventHandlers).Select(handling => handling.PayloadBytes).DefaultIfEmpty(0).Max();
        var order = new WakingOrder(agents);
        IsReactive = order.IsReactive;
        ReactiveChildren = order.ReactiveChildren;
        Coordinator = order.Coordinator;
        Checked = [.. agents.Select(agent => agent.Features.Where(feature => feature.HasCheck).ToArray())];
        Vertical = [.. agents.Select(agent => WakingOrder.VerticalOf(agent).ToArray())];
        Coordinates = [.. agents.Select(agent => Vertical[agent.Index].Length > 0 || ReactiveChildren[agent.Index].Length > 0)];
        Horizontal = [.. agents.SelectMany(HorizontalRounds)];
        Receives = [.. agents.Select(agent => agent.Inboxes.Count > 0 || agent.Mailboxes.Any(mailbox => mailbox.HasHandler))];
        PublishesMessages = [.. agents.Select(agent => agent.Mailboxes.Any(mailbox => mailbox.HasHandler) || agent.Inboxes.Any(inbox => inbox.Latest.Visibility != Visibility.Owner))];
        Periodic = [.. Indices(agent => agent is not SystemAgent && (ActingIndex[agent.Index] >= 0 || Coordinates[agent.Index]) && !IsReactive[agent.Index])];
        Notified = [.. Indices(agent => Coordinator[agent.Index] < 0 && (ActingIndex[agent.Index] >= 0 || ReactiveChildren[agent.Index].Length > 0))];
    }

    public EnvironmentSpec Spec { get; }

    public StateLayout State { get; }

    public StepPipeline Pipeline { get; }

    public EpisodeLimits Limits { get; }

    /// <summary>Tells environments apart whose saved runs do not fit each other.</summary>
    public ulong LayoutHash { get; }

    /// <summary>Disturbances of every episode, unless a run brings its own.</summary>
    public DisturbanceSchedule Disturbances { get; init; } = DisturbanceSchedule.None;

    /// <summary>Monitors of every run.</summary>
    public IReadOnlyList<ConditionMonitor> Conditions { get; init; } = [];

    /// <summary>The whole tree, in its order.</summary>
    public Agent[] Agents { get; }

    /// <summary>Per agent of the tree: its index among those that act, or -1.</summary>
    public int[] ActingIndex { get; }

    /// <summary>Per acting agent: its index in the tree.</summary>
    public int[] TreeIndex { get; }

    public bool[] Applies { get; }

    /// <summary>Per agent of the tree: where its features stand in the state block.</summary>
    public (int Start, int Length)[] FeatureRanges { get; }

    /// <summary>Per agent of the tree: whether its observation may show anybody else's features.</summary>
    public bool[] SeesOthers { get; }

    /// <summary>From here the state block holds features.</summary>
    public int FeatureStart { get; }

    /// <summary>Bytes of all features together.</summary>
    public int FeatureLength { get; }

    /// <summary>Bytes of the largest payload of a custom event that any agent handles.</summary>
    public int HandlerPayloadBytes { get; }

    /// <summary>Per agent of the tree: whether it wakes up when the agent above decides, instead of by its own clock.</summary>
    public bool[] IsReactive { get; }

    /// <summary>Per agent of the tree: the reactive agents that it wakes up.</summary>
    public int[][] ReactiveChildren { get; }

    /// <summary>Per agent of the tree: its features that are held within limits.</summary>
    public Feature[][] Checked { get; }

    /// <summary>Per agent of the tree: its protocols that run when it has decided.</summary>
    public Coordination[][] Vertical { get; }

    /// <summary>Per agent of the tree: whether others wait for its decisions.</summary>
    public bool[] Coordinates { get; }

    /// <summary>Protocols that run with every run of the physics.</summary>
    public HorizontalRound[] Horizontal { get; }

    /// <summary>Per agent of the tree: whether messages reach it by themselves.</summary>
    public bool[] Receives { get; }

    /// <summary>Per agent of the tree: whether a message may change something that others see.</summary>
    public bool[] PublishesMessages { get; }

    /// <summary>Agents that wake up by their own clock.</summary>
    public int[] Periodic { get; }

    /// <summary>Agents that the system agent tells of every run of the physics; they tell the others.</summary>
    public int[] Notified { get; }

    /// <summary>Per agent of the tree: the agent that wakes it up and waits for its reward, or -1.</summary>
    public int[] Coordinator { get; }

    private IEnumerable<int> Indices(Func<Agent, bool> isMeant) => Agents.Where(isMeant).Select(agent => agent.Index);

    private static IEnumerable<HorizontalRound> HorizontalRounds(Agent owner) => owner.Coordinations
        .Where(coordination => coordination.Protocol.Direction == ProtocolDirection.Horizontal)
        .Select(coordination => new HorizontalRound(
            coordination,
            owner.Index,
            [.. coordination.Members.Where(member => member.CommandedBy == coordination && member.DecisionOffset >= 0).Select(member => member.Index)]));

    // Features of one agent stand side by side, because the layout goes through the tree agent by agent.
    private static (int Start, int Length) FeatureRange(Agent agent)
    {
        if (agent.Features.Count == 0)
        {
            return (0, 0);
        }

        int start = agent.Features[0].Offset;
        Feature last = agent.Features[^1];
        return (start, (last.KeepsPrevious ? last.PreviousOffset : last.Offset) + last.ByteCount - start);
    }

    private static ulong HashOf(EnvironmentSpec spec, StateLayout state)
    {
        var hash = default(StateHash);
        hash.Add(spec.Id);
        hash.Add((ulong)state.ByteCount);
        foreach (HierarchyNode node in spec.Hierarchy)
        {
            hash.Add(node.Id);
            hash.Add(node.ParentId ?? "");
        }

        return hash.ToUInt64();
    }

    // An overridden Observe reads what it likes.
    private static bool SeesBeyondItself(Agent agent) =>
        agent.Overrides(nameof(Agent.Observe)) || agent.DefaultObservation is GatherPlan { SeesOthers: true };
}
