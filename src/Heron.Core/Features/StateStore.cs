using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Heron.Core.Agents;
using Heron.Core.Protocols;
using Heron.Core.Randomness;
using Heron.Core.Scheduling;

namespace Heron.Core.Features;

/// <summary>All that changes in one environment copy, in one flat block: clock, random streams, actions in force, features and messages.</summary>
/// <remarks>A snapshot is a copy of the block into another store of the same layout; reading "as of then" is reading that store.</remarks>
internal sealed class StateStore(StateLayout layout)
{
    private readonly byte[] _block = new byte[layout.ByteCount];
    private byte[]? _scratch;

    public StateLayout Layout { get; } = layout;

    public Span<byte> Block => _block;

    /// <summary>What agents may do to the schedule; null in step mode.</summary>
    public EventPost? Events { get; set; }

    public ref EpisodeClock Clock => ref At<EpisodeClock>(0);

    /// <summary>Messages that wait beside an inbox until they are due.</summary>
    public ref long MessagesUnderWay => ref At<long>(StateLayout.MessagesUnderWayOffset);

    /// <summary>The actions in force of all acting agents, in the order of the environment's action buffer.</summary>
    public Span<float> ContinuousActions => MemoryMarshal.CreateSpan(ref At<float>(Layout.ContinuousOffset), Layout.ContinuousLength);

    /// <summary>The categories in force of all acting agents.</summary>
    public Span<int> DiscreteActions => MemoryMarshal.CreateSpan(ref At<int>(Layout.DiscreteOffset), Layout.DiscreteLength);

    /// <summary>Working memory of this copy, the same for all who ask one after the other; no part of the state.</summary>
    public Span<byte> Scratch => _scratch ??= new byte[Layout.ScratchByteCount];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Get<T>(Feature<T> feature)
        where T : unmanaged => ref At<T>(OffsetOf(feature));

    public Span<float> Get(VectorFeature feature) => MemoryMarshal.CreateSpan(ref At<float>(OffsetOf(feature)), feature.Length);

    /// <summary>A feature at the last rewards.</summary>
    /// <exception cref="InvalidOperationException">It belongs to another environment, or keeps no previous value.</exception>
    public ref T GetPrevious<T>(Feature<T> feature)
        where T : unmanaged
    {
        OffsetOf(feature);
        return ref At<T>(feature.KeepsPrevious
            ? feature.PreviousOffset
            : throw new InvalidOperationException($"Feature '{feature.Name}' of agent '{feature.Owner.Id}' keeps no previous value; declare it with keepsPrevious: true."));
    }

    /// <summary>Earlier states; null when none are kept.</summary>
    public StateHistory? History { get; set; }

    /// <summary>Where a feature stands.</summary>
    /// <exception cref="InvalidOperationException">It belongs to another environment.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int OffsetOf(Feature feature)
    {
        if (!ReferenceEquals(feature.Layout, Layout))
        {
            ThrowForeign(feature);
        }

        return feature.Offset;
    }

    /// <summary>The random stream of an agent; index -1 is the environment's own.</summary>
    public ref RandomStream Stream(int agentIndex) => ref At<RandomStream>(Layout.StreamOffset(agentIndex));

    public Span<float> ContinuousAction(Agent agent) => MemoryMarshal.CreateSpan(ref At<float>(agent.ContinuousOffset), agent.ContinuousLength);

    public Span<int> DiscreteAction(Agent agent) => MemoryMarshal.CreateSpan(ref At<int>(agent.DiscreteOffset), agent.DiscreteLength);

    /// <summary>How an agent with a <see cref="Agent.DecisionOffset"/> comes to its next action.</summary>
    public ref DecisionSlot Decision(Agent agent) => ref At<DecisionSlot>(agent.DecisionOffset);

    public Span<float> CommandedContinuous(Agent agent) =>
        MemoryMarshal.CreateSpan(ref At<float>(agent.DecisionOffset + Unsafe.SizeOf<DecisionSlot>()), agent.ContinuousLength);

    public Span<int> CommandedDiscrete(Agent agent) =>
        MemoryMarshal.CreateSpan(ref At<int>(agent.DecisionOffset + Unsafe.SizeOf<DecisionSlot>() + (agent.ContinuousLength * sizeof(float))), agent.DiscreteLength);

    public void Start(uint seed) => Layout.Start(_block, seed);

    public void CopyTo(StateStore snapshot) => _block.CopyTo(snapshot._block, 0);

    // No bounds check: offsets come from the layout, and OffsetOf has seen that the feature belongs to it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T At<T>(int offset)
        where T : unmanaged =>
        ref Unsafe.As<byte, T>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_block), offset));

    private static void ThrowForeign(Feature feature) => throw new InvalidOperationException(feature.Layout is null
        ? $"Feature '{feature.Name}' of agent '{feature.Owner.Id}' is in no environment yet; add the agent to a builder and build it."
        : $"Feature '{feature.Name}' of agent '{feature.Owner.Id}' belongs to another environment; use the handle of this one's agent.");
}
