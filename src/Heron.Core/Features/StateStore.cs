using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Heron.Core.Agents;
using Heron.Core.Randomness;

namespace Heron.Core.Features;

/// <summary>All that changes in one environment copy, in one flat block: clock, random streams, actions in force and features.</summary>
/// <remarks>A snapshot is a copy of the block into another store of the same layout; reading "as of then" is reading that store.</remarks>
internal sealed class StateStore(StateLayout layout)
{
    private readonly byte[] _block = new byte[layout.ByteCount];

    public StateLayout Layout { get; } = layout;

    public Span<byte> Block => _block;

    public ref EpisodeClock Clock => ref At<EpisodeClock>(0);

    /// <summary>The actions in force of all acting agents, in the order of the environment's action buffer.</summary>
    public Span<float> ContinuousActions => MemoryMarshal.CreateSpan(ref At<float>(Layout.ContinuousOffset), Layout.ContinuousLength);

    /// <summary>The categories in force of all acting agents.</summary>
    public Span<int> DiscreteActions => MemoryMarshal.CreateSpan(ref At<int>(Layout.DiscreteOffset), Layout.DiscreteLength);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Get<T>(Feature<T> feature)
        where T : unmanaged
    {
        if (!ReferenceEquals(feature.Layout, Layout))
        {
            ThrowForeign(feature);
        }

        return ref At<T>(feature.Offset);
    }

    /// <summary>The random stream of an agent; index -1 is the environment's own.</summary>
    public ref RandomStream Stream(int agentIndex) => ref At<RandomStream>(Layout.StreamOffset(agentIndex));

    public Span<float> ContinuousAction(Agent agent) => MemoryMarshal.CreateSpan(ref At<float>(agent.ContinuousOffset), agent.ContinuousLength);

    public Span<int> DiscreteAction(Agent agent) => MemoryMarshal.CreateSpan(ref At<int>(agent.DiscreteOffset), agent.DiscreteLength);

    public void Start(uint seed) => Layout.Start(_block, seed);

    public void CopyTo(StateStore snapshot) => _block.CopyTo(snapshot._block, 0);

    // No bounds check: offsets come from the layout, and Get has seen that the feature belongs to it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T At<T>(int offset)
        where T : unmanaged =>
        ref Unsafe.As<byte, T>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_block), offset));

    private static void ThrowForeign(Feature feature) => throw new InvalidOperationException(feature.Layout is null
        ? $"Feature '{feature.Name}' of agent '{feature.Owner.Id}' is in no environment yet; add the agent to a builder and build it."
        : $"Feature '{feature.Name}' of agent '{feature.Owner.Id}' belongs to another environment; use the handle of this one's agent.");
}
