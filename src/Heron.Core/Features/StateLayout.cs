using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Heron.Core.Agents;
using Heron.Core.Randomness;

namespace Heron.Core.Features;

/// <summary>Where everything that changes in an environment stands in its one block of bytes; frozen with the tree.</summary>
/// <remarks>Order: clock, random streams (environment, then agents), actions in force (continuous, then discrete), features of the agents in tree order.</remarks>
internal sealed class StateLayout
{
    // Every entry starts on a multiple of the largest field's size, so that each can be used by reference.
    private const int Alignment = sizeof(double);

    private readonly ulong[] _streamKeys;
    private readonly byte[] _initial;

    public StateLayout(AgentTree tree)
    {
        Tree = tree;
        int next = Unsafe.SizeOf<EpisodeClock>();
        StreamsOffset = next;
        _streamKeys = [RandomStream.Key("", "environment"), .. tree.Agents.Select(agent => RandomStream.Key(agent.Id, "agent"))];
        next += _streamKeys.Length * Unsafe.SizeOf<RandomStream>();

        ContinuousOffset = next;
        ContinuousLength = tree.Acting.Sum(agent => agent.ActionSpace!.ContinuousLength);
        next = Align(next + (ContinuousLength * sizeof(float)));

        DiscreteOffset = next;
        DiscreteLength = tree.Acting.Sum(agent => agent.ActionSpace!.HeadSizes.Length);
        next = Align(next + (DiscreteLength * sizeof(int)));

        foreach (Feature feature in tree.Agents.SelectMany(agent => agent.Features))
        {
            feature.Place(this, next);
            next = Align(next + feature.ByteCount);
        }

        ByteCount = next;
        PlaceActions(tree);
        _initial = WriteInitial(tree);
    }

    public AgentTree Tree { get; }

    public int ByteCount { get; }

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
        }

        foreach (Agent agent in tree.Acting)
        {
            agent.ActionSpace!.WriteNeutral(store.ContinuousAction(agent), store.DiscreteAction(agent));
        }

        return store.Block.ToArray();
    }

    private static int Align(int offset) => (offset + Alignment - 1) / Alignment * Alignment;
}
