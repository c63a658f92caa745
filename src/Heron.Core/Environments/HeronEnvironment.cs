using System.Runtime.InteropServices;
using Heron.Core.Features;

namespace Heron.Core.Environments;

/// <summary>One copy of a HERON environment in step mode: a state store of its own, the agents and the pipeline shared. Made by <see cref="HeronEnvironmentBuilder"/>.</summary>
public sealed partial class HeronEnvironment : IMultiAgentEnvironment
{
    private readonly StateStore _store;
    private readonly StepPipeline _pipeline;
    private readonly ISimulationBridge? _bridge;

    internal HeronEnvironment(EnvironmentSpec spec, StateLayout layout, StepPipeline pipeline, ISimulationBridge? bridge)
    {
        Spec = spec;
        _store = new StateStore(layout) { History = StateHistory.Of(layout, pipeline.HistoryLength) };
        _pipeline = pipeline;
        _bridge = bridge;
        _store.Start(seed: 0);
    }

    /// <inheritdoc/>
    public EnvironmentSpec Spec { get; }

    internal StateStore Store => _store;

    internal StepPipeline Pipeline => _pipeline;

    internal ISimulationBridge? Bridge => _bridge;

    /// <inheritdoc/>
    public int StateByteCount => _store.Layout.ByteCount + (_store.History?.ByteCount ?? 0);

    /// <inheritdoc/>
    public void Reset(uint seed, in StepBuffers buffers) => _pipeline.Reset(_store, seed, buffers);

    /// <inheritdoc/>
    public void Step(in StepBuffers buffers) => _pipeline.Step(_store, _bridge, buffers);

    /// <inheritdoc/>
    public void SaveState(Span<byte> destination)
    {
        _store.Block.CopyTo(destination);
        if (_store.History is { } history)
        {
            var writer = new StateWriter(destination[_store.Layout.ByteCount..]);
            history.Save(ref writer);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The length does not fit, or the clock is before the reset, or messages stand outside their mailboxes; the state is unchanged.</exception>
    public void LoadState(ReadOnlySpan<byte> source)
    {
        if (source.Length != StateByteCount)
        {
            throw new ArgumentException(
                $"A state of this {Spec.Id} has {StateByteCount} bytes; got {source.Length}. Load only what SaveState of an environment with equal parameters wrote.",
                nameof(source));
        }

        EpisodeClock clock = MemoryMarshal.Read<EpisodeClock>(source);
        if (clock.Step < 0 || clock.Nanoseconds < 0)
        {
            throw new ArgumentException($"The saved clock of {Spec.Id} stands at step {clock.Step}, {clock.Nanoseconds} ns; both start at 0.", nameof(source));
        }

        ReadOnlySpan<byte> block = source[.._store.Layout.ByteCount];
        CheckMessages(block);
        if (_store.History is { } history)
        {
            var reader = new StateReader(source[block.Length..]);
            history.Load(ref reader);
        }

        block.CopyTo(_store.Block);
    }

    // Messages are kept in rings, whose ends are places in memory.
    private void CheckMessages(ReadOnlySpan<byte> source)
    {
        var candidate = new StateStore(_store.Layout);
        source.CopyTo(candidate.Block);
        if (!_store.Layout.IsValid(candidate))
        {
            throw new ArgumentException($"The saved state of {Spec.Id} holds messages outside their mailboxes. Load only what SaveState of an environment with equal parameters wrote.", nameof(source));
        }
    }

    /// <summary>Draws the agent tree with the current value of every feature.</summary>
    /// <inheritdoc/>
    public string Render(string mode) => mode == "ansi"
        ? HierarchyRenderer.Draw(_store)
        : throw new ArgumentException($"{Spec.Id} cannot render '{mode}'. Modes: ansi.", nameof(mode));
}
