using System.Runtime.InteropServices;

namespace Heron.Core.Environments.Wrappers;

/// <summary>One copy behind <see cref="ExposedAgents"/>.</summary>
/// <remarks>Its state is that of the wrapped copy, the flags of all agents, and who of the exposed ones has joined.</remarks>
internal sealed class ExposedAgentsEnvironment : IMultiAgentEnvironment
{
    private readonly IMultiAgentEnvironment _inner;
    private readonly int[] _exposed;
    private readonly float[] _continuous;
    private readonly int[] _discrete;
    private readonly float[] _observations;
    private readonly float[] _rewards;
    private readonly byte[] _masks;
    private readonly AgentFlags[] _flags;
    private readonly bool[] _joined;

    public ExposedAgentsEnvironment(EnvironmentSpec spec, IMultiAgentEnvironment inner, int[] exposed)
    {
        Spec = spec;
        _inner = inner;
        _exposed = exposed;
        EnvironmentLayout all = inner.Spec.Layout;
        _continuous = new float[all.ContinuousLength];
        _discrete = new int[all.DiscreteLength];
        _observations = new float[all.ObservationLength];
        _rewards = new float[all.AgentCount];
        _masks = new byte[all.MaskLength];
        _flags = new AgentFlags[all.AgentCount];
        _joined = new bool[exposed.Length];
        for (int agent = 0; agent < all.AgentCount; agent++)
        {
            // Never written again for hidden agents.
            inner.Spec.Agents[agent].ActionSpace.WriteNeutral(_continuous.AsSpan(all.Continuous(agent)), _discrete.AsSpan(all.Discrete(agent)));
        }
    }

    public EnvironmentSpec Spec { get; }

    public int StateByteCount => _inner.StateByteCount + _flags.Length + _joined.Length;

    public void Reset(uint seed, in StepBuffers buffers)
    {
        _joined.AsSpan().Clear();
        buffers.Flags.Clear();
        _inner.Reset(seed, InnerBuffers(buffers));
        Show(buffers);
        SkipUntilSomeoneJoins(buffers);

        // A reset has no rewards, whatever was skipped.
        buffers.Rewards.Clear();
    }

    public void Step(in StepBuffers buffers)
    {
        EnvironmentLayout all = _inner.Spec.Layout;
        for (int i = 0; i < _exposed.Length; i++)
        {
            buffers.Continuous(i).CopyTo(_continuous.AsSpan(all.Continuous(_exposed[i])));
            buffers.Discrete(i).CopyTo(_discrete.AsSpan(all.Discrete(_exposed[i])));
        }

        buffers.Flags.Clear();
        buffers.Rewards.Clear();
        _inner.Step(InnerBuffers(buffers));
        Show(buffers);
        SkipUntilSomeoneJoins(buffers);
    }

    public void SaveState(Span<byte> destination)
    {
        MemoryMarshal.AsBytes(_flags.AsSpan()).CopyTo(destination);
        MemoryMarshal.AsBytes(_joined.AsSpan()).CopyTo(destination[_flags.Length..]);
        _inner.SaveState(destination[(_flags.Length + _joined.Length)..]);
    }

    public void LoadState(ReadOnlySpan<byte> source)
    {
        int own = _flags.Length + _joined.Length;
        if (source.Length < own)
        {
            throw new ArgumentException($"The state has {source.Length} bytes; the agents' flags alone take {own}.", nameof(source));
        }

        // The wrapped copy first: it may refuse.
        _inner.LoadState(source[own..]);
        source[.._flags.Length].CopyTo(MemoryMarshal.AsBytes(_flags.AsSpan()));
        source[_flags.Length..own].CopyTo(MemoryMarshal.AsBytes(_joined.AsSpan()));
    }

    public string Render(string mode) => _inner.Render(mode);

    private void SkipUntilSomeoneJoins(in StepBuffers buffers)
    {
        while (!buffers.Flags.AnyAlive() && _joined.AsSpan().Contains(false) && _flags.AsSpan().AnyAlive())
        {
            _inner.Step(InnerBuffers(buffers));
            Show(buffers);
        }
    }

    private void Show(in StepBuffers buffers)
    {
        EnvironmentLayout all = _inner.Spec.Layout;
        for (int i = 0; i < _exposed.Length; i++)
        {
            int agent = _exposed[i];
            AgentFlags flags = _flags[agent];
            buffers.Rewards[i] += _rewards[agent];
            if (flags == AgentFlags.None)
            {
                continue;
            }

            buffers.Flags[i] = flags;
            _joined[i] = true;
            if ((flags & AgentFlags.Observed) != 0)
            {
                _observations.AsSpan(all.Observation(agent)).CopyTo(buffers.Observation(i));
            }

            // Else it is not written, and what stands there is no part of the state.
            if ((flags & AgentFlags.MustAct) != 0)
            {
                _masks.AsSpan(all.Mask(agent)).CopyTo(buffers.Mask(i));
            }
        }
    }

    private StepBuffers InnerBuffers(in StepBuffers buffers) => new()
    {
        Layout = _inner.Spec.Layout,
        ContinuousActions = _continuous,
        DiscreteActions = _discrete,
        Observations = _observations,
        Rewards = _rewards,
        Flags = _flags,
        Masks = _masks,
        Metrics = buffers.Metrics,
    };
}
