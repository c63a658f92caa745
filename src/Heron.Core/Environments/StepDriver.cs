using Heron.Core.Policies;
using Heron.Core.Randomness;

namespace Heron.Core.Environments;

/// <summary>
/// Drives one copy of any environment step by step, and asks an action source for the actions: what
/// <see cref="Scheduling.EventScheduler"/> does by events. A source need not know which of the two asks.
/// </summary>
/// <remarks>An agent that declines keeps the action that it gave last, at first its neutral one. Not safe for concurrent calls; after warm-up nothing allocates.</remarks>
public sealed class StepDriver : IDisposable
{
    private readonly VectorEnvironment _environment;
    private readonly IActionSource _source;
    private readonly ulong[] _streamKeys;
    private readonly RandomStream[] _streams;
    private readonly float[] _rewards;
    private readonly double[] _returns;
    private readonly long[] _observedAt;
    private readonly bool[] _declined;
    private readonly int[] _asked;
    private readonly float[] _continuous;
    private readonly int[] _discrete;
    private long _requests;

    /// <summary>Makes a copy; it needs a reset before its first step.</summary>
    /// <param name="factory">The environment.</param>
    /// <param name="source">Decides for the agents. It serves this copy alone while it runs.</param>
    public StepDriver(EnvironmentFactory factory, IActionSource source)
    {
        _environment = new VectorEnvironment(factory, count: 1, AutoresetMode.Disabled, threads: 1);
        _source = source;
        int agents = Spec.Agents.Count;
        _streamKeys = [.. Spec.Agents.Select(agent => RandomStream.Key(agent.Id, "actions"))];
        _streams = new RandomStream[agents];
        _rewards = new float[agents];
        _returns = new double[agents];
        _observedAt = new long[agents];
        _declined = new bool[agents];
        _asked = new int[agents];
        _continuous = new float[Spec.Layout.ContinuousLength];
        _discrete = new int[Spec.Layout.DiscreteLength];
    }

    /// <summary>What is fixed about the environment.</summary>
    public EnvironmentSpec Spec => _environment.Spec;

    /// <summary>Steps since the reset.</summary>
    public int Steps => _environment.EpisodeSteps.All[0];

    /// <summary>Simulated time since the reset in seconds; 0 for an environment without a clock.</summary>
    public double TimeSeconds => Steps * (Spec.StepSeconds ?? 0);

    /// <summary>Whether no agent is left, so that only a reset goes on.</summary>
    public bool IsOver => _environment.IsEpisodeOver(0);

    /// <summary>Last observations, in the layout of the environment. An agent that is not observed keeps its numbers.</summary>
    public ReadOnlySpan<float> Observations => _environment.Observations.Row(0);

    /// <summary>Flags after the last step, one per agent.</summary>
    public ReadOnlySpan<AgentFlags> Flags => _environment.AgentFlags.Row(0);

    /// <summary>Per agent: the sum of its rewards since it was last asked.</summary>
    public ReadOnlySpan<float> RewardsSinceAsked => _rewards;

    /// <summary>Per agent: the sum of its rewards since the reset.</summary>
    public ReadOnlySpan<double> Returns => _returns;

    /// <summary>Metrics of the last step, in the order of <see cref="EnvironmentSpec.MetricNames"/>.</summary>
    public ReadOnlySpan<float> Metrics => _environment.Metrics.Row(0);

    /// <summary>Starts an episode.</summary>
    /// <param name="seed">The same seed gives the same episode, if the action source answers the same.</param>
    public void Reset(uint seed)
    {
        _environment.Reset(seed);
        _rewards.AsSpan().Clear();
        _returns.AsSpan().Clear();
        _requests = 0;
        for (int agent = 0; agent < _streams.Length; agent++)
        {
            _streams[agent] = RandomStream.ForEpisode(seed, _streamKeys[agent]);
            Spec.Agents[agent].ActionSpace.WriteNeutral(Continuous(agent), Discrete(agent));
        }

        _source.Begin(Spec, seed);
    }

    /// <summary>Asks all agents that must act, and advances by one step.</summary>
    /// <exception cref="EpisodeStateException">There was no reset, or the episode is over.</exception>
    /// <exception cref="ArgumentException">The source wrote a number that is not finite, or a category that is none; the message names the agent. Nothing was stepped.</exception>
    public void Step()
    {
        int asked = FindAsked();
        if (asked > 0)
        {
            Ask(_asked.AsSpan(0, asked));
        }

        _environment.Step();
        ReadOnlySpan<float> rewards = _environment.Rewards.Row(0);
        for (int agent = 0; agent < rewards.Length; agent++)
        {
            _rewards[agent] += rewards[agent];
            _returns[agent] += rewards[agent];
        }
    }

    /// <summary>Ends the episode for good; results can still be read.</summary>
    public void Dispose() => _environment.Dispose();

    private int FindAsked()
    {
        int asked = 0;
        ReadOnlySpan<AgentFlags> flags = Flags;
        long now = (long)Math.Round(TimeSeconds * 1e9);
        for (int agent = 0; agent < flags.Length; agent++)
        {
            if ((flags[agent] & AgentFlags.Observed) != 0)
            {
                _observedAt[agent] = now;
            }

            if ((flags[agent] & AgentFlags.MustAct) != 0)
            {
                _asked[asked++] = agent;
                _declined[agent] = false;
            }
        }

        return asked;
    }

    private void Ask(ReadOnlySpan<int> agents)
    {
        _source.Act(new ActionRequest(_declined, _streams, _observedAt)
        {
            Spec = Spec,
            Number = ++_requests,
            TimeSeconds = TimeSeconds,
            Agents = agents,
            Observations = Observations,
            Masks = _environment.Masks.Row(0),
            Rewards = _rewards,
            ContinuousActions = _continuous,
            DiscreteActions = _discrete,
        });
        foreach (int agent in agents)
        {
            _rewards[agent] = 0;
            if (!_declined[agent])
            {
                _continuous.AsSpan(Spec.Layout.Continuous(agent)).CopyTo(Continuous(agent));
                _discrete.AsSpan(Spec.Layout.Discrete(agent)).CopyTo(Discrete(agent));
            }
        }

        if (_environment.FindActionViolation() is { } violation)
        {
            throw new ArgumentException($"{violation.Message} Write all numbers of an action, or decline.");
        }
    }

    private Span<float> Continuous(int agent) => _environment.ContinuousActions.Row(0)[Spec.Layout.Continuous(agent)];

    private Span<int> Discrete(int agent) => _environment.DiscreteActions.Row(0)[Spec.Layout.Discrete(agent)];
}
