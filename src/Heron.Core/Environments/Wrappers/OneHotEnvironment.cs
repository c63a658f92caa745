using Heron.Core.Spaces;

namespace Heron.Core.Environments.Wrappers;

/// <summary>One copy behind <see cref="OneHotObservations"/>; its state is that of the wrapped copy.</summary>
internal sealed class OneHotEnvironment(EnvironmentSpec spec, IMultiAgentEnvironment inner) : IMultiAgentEnvironment
{
    private readonly float[] _observations = new float[inner.Spec.Layout.ObservationLength];

    public EnvironmentSpec Spec => spec;

    public int StateByteCount => inner.StateByteCount;

    public void Reset(uint seed, in StepBuffers buffers)
    {
        inner.Reset(seed, InnerBuffers(buffers));
        Encode(buffers);
    }

    public void Step(in StepBuffers buffers)
    {
        inner.Step(InnerBuffers(buffers));
        Encode(buffers);
    }

    public void SaveState(Span<byte> destination) => inner.SaveState(destination);

    public void LoadState(ReadOnlySpan<byte> source) => inner.LoadState(source);

    public string Render(string mode) => inner.Render(mode);

    private StepBuffers InnerBuffers(in StepBuffers buffers) => new()
    {
        Layout = inner.Spec.Layout,
        ContinuousActions = buffers.ContinuousActions,
        DiscreteActions = buffers.DiscreteActions,
        Observations = _observations,
        Rewards = buffers.Rewards,
        Flags = buffers.Flags,
        Masks = buffers.Masks,
        Metrics = buffers.Metrics,
    };

    private void Encode(in StepBuffers buffers)
    {
        for (int agent = 0; agent < buffers.Flags.Length; agent++)
        {
            if ((buffers.Flags[agent] & AgentFlags.Observed) != 0)
            {
                Space space = inner.Spec.Agents[agent].ObservationSpace;
                OneHotObservations.Encode(space, _observations.AsSpan(inner.Spec.Layout.Observation(agent)), buffers.Observation(agent));
            }
        }
    }
}
