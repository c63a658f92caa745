using Heron.Core.Environments;
using Heron.Core.Randomness;

namespace Heron.Simulations.Tests.Shared;

/// <summary>One environment copy with buffers of its own, driven like any caller drives it.</summary>
internal sealed class EnvironmentRun
{
    private readonly EnvironmentLayout _layout;

    public EnvironmentRun(string id, params (string Name, object Value)[] parameters)
        : this(HeronEnvironments.AddTo(new EnvironmentRegistry()).Get(id).Configure(parameters.ToDictionary(p => p.Name, p => p.Value)))
    {
    }

    public EnvironmentRun(EnvironmentFactory factory)
    {
        Environment = factory.Create();
        _layout = factory.Spec.Layout;
        Continuous = new float[_layout.ContinuousLength];
        Discrete = new int[_layout.DiscreteLength];
        Observations = new float[_layout.ObservationLength];
        Rewards = new float[_layout.AgentCount];
        Flags = new AgentFlags[_layout.AgentCount];
        Masks = new byte[_layout.MaskLength];
        Metrics = new float[factory.Spec.MetricNames.Count];
    }

    public IMultiAgentEnvironment Environment { get; }

    public EnvironmentSpec Spec => Environment.Spec;

    public float[] Continuous { get; }

    public int[] Discrete { get; }

    public float[] Observations { get; }

    public float[] Rewards { get; }

    public AgentFlags[] Flags { get; }

    public byte[] Masks { get; }

    public float[] Metrics { get; }

    public bool IsOver => !Array.Exists(Flags, flags => flags.HasFlag(AgentFlags.Alive));

    public void Reset(uint seed = 0) => Environment.Reset(seed, Buffers());

    public void Step() => Environment.Step(Buffers());

    public void StepWith(params int[] discrete)
    {
        discrete.CopyTo(Discrete, 0);
        Step();
    }

    public void StepWith(params float[] continuous)
    {
        continuous.CopyTo(Continuous, 0);
        Step();
    }

    public void SampleActions(ref RandomStream random)
    {
        for (int agent = 0; agent < _layout.AgentCount; agent++)
        {
            Spec.Agents[agent].ActionSpace.Sample(ref random, Continuous.AsSpan(_layout.Continuous(agent)), Discrete.AsSpan(_layout.Discrete(agent)));
        }
    }

    public float[] Observation(string agentId) => Observations[_layout.Observation(Spec.IndexOf(agentId))];

    public float Metric(string name) => Metrics[Spec.MetricNames.ToList().IndexOf(name)];

    public byte[] Save()
    {
        byte[] state = new byte[Environment.StateByteCount];
        Environment.SaveState(state);
        return state;
    }

    private StepBuffers Buffers() => new()
    {
        Layout = _layout,
        ContinuousActions = Continuous,
        DiscreteActions = Discrete,
        Observations = Observations,
        Rewards = Rewards,
        Flags = Flags,
        Masks = Masks,
        Metrics = Metrics,
    };
}
