using Heron.Core.Environments;

namespace Heron.Core.Tests.Shared;

/// <summary>One copy of an environment, its numbers by agent id.</summary>
internal sealed class SingleRun(EnvironmentFactory factory) : IDisposable
{
    private readonly VectorEnvironment _vector = new(factory, 1);

    public EnvironmentSpec Spec => _vector.Spec;

    public float[] Rewards => _vector.Rewards.Row(0).ToArray();

    public float[] Metrics => _vector.Metrics.Row(0).ToArray();

    public void Reset(uint seed = 0) => _vector.Reset(seed);

    public void Step() => _vector.Step();

    public void StepWith(params (string Agent, float[] Action)[] actions)
    {
        foreach ((string agent, float[] action) in actions)
        {
            action.CopyTo(_vector.ContinuousActions.Row(0)[Spec.Layout.Continuous(Spec.IndexOf(agent))]);
        }

        _vector.Step();
    }

    public float[] Observation(string agent) => _vector.Observations.Row(0)[Spec.Layout.Observation(Spec.IndexOf(agent))].ToArray();

    public float Reward(string agent) => Rewards[Spec.IndexOf(agent)];

    public AgentFlags Flags(string agent) => _vector.AgentFlags.Row(0)[Spec.IndexOf(agent)];

    public byte[] Mask(string agent) => _vector.Masks.Row(0)[Spec.Layout.Mask(Spec.IndexOf(agent))].ToArray();

    public string Render() => _vector.Render(0, "ansi");

    public void Dispose() => _vector.Dispose();
}
