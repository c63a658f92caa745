using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Core.Tests.Shared;

/// <summary>One copy of an environment, stepped with actions by agent id and looked into.</summary>
internal sealed class TeamRun
{
    private readonly HeronEnvironment _environment;
    private readonly float[] _continuous;
    private readonly int[] _discrete;
    private readonly float[] _observations;
    private readonly float[] _rewards;
    private readonly float[] _metrics;
    private readonly byte[] _masks;

    public TeamRun(EnvironmentFactory factory, uint seed = 0)
    {
        _environment = (HeronEnvironment)factory.Create();
        EnvironmentLayout layout = Spec.Layout;
        _continuous = new float[layout.ContinuousLength];
        _discrete = new int[layout.DiscreteLength];
        _observations = new float[layout.ObservationLength];
        _rewards = new float[layout.AgentCount];
        _metrics = new float[Spec.MetricNames.Count];
        _masks = new byte[layout.MaskLength];
        Flags = new AgentFlags[layout.AgentCount];
        Reset(seed);
    }

    public EnvironmentSpec Spec => _environment.Spec;

    public HeronEnvironment Environment => _environment;

    public StateStore Store => _environment.Store;

    public AgentFlags[] Flags { get; }

    public ReadOnlySpan<float> Rewards => _rewards;

    public ReadOnlySpan<float> Metrics => _metrics;

    public void Reset(uint seed = 0) => _environment.Reset(seed, Buffers());

    public void Step(params (string Agent, float[] Action)[] actions)
    {
        foreach ((string agent, float[] action) in actions)
        {
            int i = Spec.IndexOf(agent);
            int split = Spec.Agents[i].ActionSpace.ContinuousLength;
            action[..split].CopyTo(_continuous.AsSpan(Spec.Layout.Continuous(i)));
            action[split..].Select(value => (int)value).ToArray().CopyTo(_discrete.AsSpan(Spec.Layout.Discrete(i)));
        }

        _environment.Step(Buffers());
    }

    /// <summary>The action in force, continuous numbers first.</summary>
    public float[] ActionOf(string agent)
    {
        Agent found = Store.Layout.Tree.Agents.Single(other => other.Id == agent);
        return [.. Store.ContinuousAction(found), .. Store.DiscreteAction(found).ToArray().Select(category => (float)category)];
    }

    public float[] Observation(string agent) => _observations[Spec.Layout.Observation(Spec.IndexOf(agent))];

    public AgentFlags FlagsOf(string agent) => Flags[Spec.IndexOf(agent)];

    public double Read(string agent, string field) => Store.Layout.Tree.Agents.Single(other => other.Id == agent).FindField(field).Read(Store);

    private StepBuffers Buffers() => new()
    {
        Layout = Spec.Layout,
        ContinuousActions = _continuous,
        DiscreteActions = _discrete,
        Observations = _observations,
        Rewards = _rewards,
        Flags = Flags,
        Masks = _masks,
        Metrics = _metrics,
    };
}
