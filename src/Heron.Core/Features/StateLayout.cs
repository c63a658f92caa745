using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Heron.Core.Agents;
using Heron.Core.Messaging;
using Heron.Core.Protocols;
using Heron.Core.Randomness;

namespace Heron.Core.Features;

/// <summary>Where everything that changes in an environment stands in its one block of bytes; frozen with the tree.</summary>
/// <remarks>
/// Order: clock, number of messages under way, random streams (environment, agents, policies), actions in force (continuous, then
/// discrete), how agents that are not asked come to their actions, features of the agents in tree order (each followed by its
/// value at the last rewards if it keeps one), memories of
/// policies, mailboxes, messages on their way to inboxes.
/// </remarks>
internal sealed class StateLayout
{
    public static readonly int MessagesUnderWayOffset = Unsafe.SizeOf<EpisodeClock>();

    // Every entry starts on a multiple of the largest field's size, so that each can be used by reference.
    private const int Alignment = sizeof(double);

    private readonly ulong[] _streamKeys;
    private readonly byte[] _initial;

    private readonly Mailbox[] _mailboxes;
    private readonly Inbox[] _inboxes;

    public StateLayout(AgentTree tree)
    {
        Tree = tree;
        _mailboxes = [.. tree.Agents.SelectMany(agent => agent.Mailboxes)];
        _inboxes = [.. tree.Agents.SelectMany(agent => agent.Inboxes)];
        int next = MessagesUnderWayOffset + sizeof(long);
        StreamsOffset = next;
        _streamKeys = PlaceStreams(tree);
        next += _streamKeys.Length * Unsafe.SizeOf<RandomStream>();

        ContinuousOffset = next;
        ContinuousLength = tree.Acting.Sum(agent => agent.ActionSpace!.ContinuousLength);
        next = Align(next + (ContinuousLength * sizeof(float)));

        DiscreteOffset = next;
        DiscreteLength = tree.Acting.Sum(agent => agent.ActionSpace!.HeadSizes.Length);
        next = Align(next + (DiscreteLength * sizeof(int)));
        PlaceActions(tree);
        next = PlaceDecisions(tree, next);

        foreach (Feature feature in tree.Agents.SelectMany(agent => agent.Features))
        {
            int previous = Align(next + feature.ByteCount);
            feature.Place(this, next, previous);
            next = feature.KeepsPrevious ? Align(previous + feature.ByteCount) : previous;
        }

        ByteCount = PlaceMemoriesAndMessages(next);
        ScratchByteCount = tree.Agents.SelectMany(agent => agent.Coordinations).Select(coordination => coordination.ScratchByteCount).DefaultIfEmpty().Max();
        _initial = WriteInitial(tree);
    }

    public AgentTree Tree { get; }

    public int ByteCount { get; }

    /// <summary>Bytes of working memory beside the state; grows while the environment is built.</summary>
    public int ScratchByteCount { get; private set; }

    public int StreamsOffset { get; }

    public int ContinuousOffset { get; }

    public int ContinuousLength { get; }

    public int DiscreteOffset { get; }

    public int DiscreteLength { get; }

    /// <summary>Byte offset of an agent's random stream; -1 is the environment's own.</summary>
    public int StreamOffset(int agentIndex) => StreamsOffset + ((agentIndex + 1) * Unsafe.SizeOf<RandomStream>());

    /// <summary>Writes the state at the start of an episode.</summary>
    public void Start(Span<byte> block, uint seed)
    {
        _initial.CopyTo(block);
        Span<RandomStream> streams = MemoryMarshal.Cast<byte, RandomStream>(block[StreamsOffset..ContinuousOffset]);
        for (int i = 0; i < streams.Length; i++)
        {
            streams[i] = RandomStream.ForEpisode(seed, _streamKeys[i]);
        }
    }

    public void ReserveScratch(int bytes) => ScratchByteCount = Math.Max(ScratchByteCount, bytes);

    /// <summary>Whether bytes that came from outside can be worked with: what points to other places must point within its bounds.</summary>
    public bool IsValid(StateStore candidate) =>
        Array.TrueForAll(_mailboxes, mailbox => mailbox.Ring.IsValid(candidate, mailbox.Offset, Tree.Agents.Count))
        && Array.TrueForAll(_inboxes, inbox => inbox.IsValid(candidate, Tree.Agents.Count));

    // Streams are kept apart by key, so that a policy more changes nobody's numbers.
    private static ulong[] PlaceStreams(AgentTree tree)
    {
        var keys = new List<ulong> { RandomStream.Key("", "environment") };
        keys.AddRange(tree.Agents.Select(agent => RandomStream.Key(agent.Id, "agent")));
        foreach (Agent agent in tree.Agents.Where(agent => agent.Policy is not null))
        {
            agent.PolicyStreamIndex = keys.Count - 1;
            keys.Add(RandomStream.Key(agent.Id, "policy"));
        }

        return [.. keys];
    }

    private static int PlaceDecisions(AgentTree tree, int next)
    {
        foreach (Agent agent in tree.Acting.Where(agent => !agent.IsAskedAnyway && (agent.CommandedBy is not null || agent.Policy is not null)))
        {
            agent.DecisionOffset = next;
            next = Align(next + Unsafe.SizeOf<DecisionSlot>() + (agent.ContinuousLength * sizeof(float)) + (agent.DiscreteLength * sizeof(int)));
        }

        return next;
    }

    private int PlaceMemoriesAndMessages(int next)
    {
        foreach (Agent agent in Tree.Agents.Where(agent => agent.Policy is { MemoryLength: > 0 }))
        {
            agent.PolicyMemoryOffset = next;
            next = Align(next + (agent.Policy!.MemoryLength * sizeof(float)));
        }

        foreach (Mailbox mailbox in _mailboxes)
        {
            mailbox.Place(this, next);
            next += mailbox.Ring.ByteCount;
        }

        foreach (Inbox inbox in _inboxes)
        {
            inbox.PlaceUnderWay(next);
            next += inbox.UnderWayByteCount;
        }

        return next;
    }

    private void PlaceActions(AgentTree tree)
    {
        int continuous = ContinuousOffset;
        int discrete = DiscreteOffset;
        foreach (Agent agent in tree.Acting)
        {
            agent.PlaceAction(continuous, discrete);
            continuous += agent.ActionSpace!.ContinuousLength * sizeof(float);
            discrete += agent.ActionSpace.HeadSizes.Length * sizeof(int);
        }
    }

    private byte[] WriteInitial(AgentTree tree)
    {
        var store = new StateStore(this);
        foreach (Feature feature in tree.Agents.SelectMany(agent => agent.Features))
        {
            feature.WriteInitial(store.Block[feature.Offset..]);
            if (feature.KeepsPrevious)
            {
                feature.WriteInitial(store.Block[feature.PreviousOffset..]);
            }
        }

        foreach (Agent agent in tree.Acting)
        {
            agent.ActionSpace!.WriteNeutral(store.ContinuousAction(agent), store.DiscreteAction(agent));
        }

        return store.Block.ToArray();
    }

    private static int Align(int offset) => (offset + Alignment - 1) / Alignment * Alignment;
}
