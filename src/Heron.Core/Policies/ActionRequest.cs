using Heron.Core.Environments;
using Heron.Core.Randomness;

namespace Heron.Core.Policies;

/// <summary>Agents that are due at one instant of simulated time, with all that they decide on.</summary>
/// <remarks>Agents are named by their index in <see cref="EnvironmentSpec.Agents"/>; numbers of agents that are not due are unspecified.</remarks>
public readonly ref struct ActionRequest
{
    private readonly Span<bool> _declined;
    private readonly Span<RandomStream> _streams;
    private readonly ReadOnlySpan<long> _sampledAt;

    internal ActionRequest(Span<bool> declined, Span<RandomStream> streams, ReadOnlySpan<long> sampledAt)
    {
        _declined = declined;
        _streams = streams;
        _sampledAt = sampledAt;
    }

    /// <summary>The environment.</summary>
    public required EnvironmentSpec Spec { get; init; }

    /// <summary>Counts the requests of an episode, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>Simulated time of the decision, in seconds since the reset.</summary>
    public required double TimeSeconds { get; init; }

    /// <summary>The agents that are due, each once, in the order in which their observations arrived.</summary>
    public required ReadOnlySpan<int> Agents { get; init; }

    /// <summary>Observations in the layout of the environment.</summary>
    public required ReadOnlySpan<float> Observations { get; init; }

    /// <summary>Action masks in the layout of the environment, 1 = allowed.</summary>
    public required ReadOnlySpan<byte> Masks { get; init; }

    /// <summary>Per agent of the environment: the sum of rewards since the agent was last asked.</summary>
    public required ReadOnlySpan<float> Rewards { get; init; }

    /// <summary>Receives continuous actions in the layout of the environment. Values outside a Box are clipped.</summary>
    public required Span<float> ContinuousActions { get; init; }

    /// <summary>Receives discrete actions in the layout of the environment.</summary>
    public required Span<int> DiscreteActions { get; init; }

    /// <summary>What an agent observed.</summary>
    /// <param name="agent">One that is due.</param>
    public ReadOnlySpan<float> Observation(int agent) => Observations[Spec.Layout.Observation(agent)];

    /// <summary>Which categories it may choose; empty when it has no mask.</summary>
    /// <param name="agent">One that is due.</param>
    public ReadOnlySpan<byte> Mask(int agent) => Masks[Spec.Layout.Mask(agent)];

    /// <summary>Simulated time, in seconds, of the state that its observation shows.</summary>
    /// <param name="agent">One that is due.</param>
    public double ObservedAtSeconds(int agent) => _sampledAt[agent] / 1e9;

    /// <summary>The same as a whole number.</summary>
    internal long ObservedAtNanoseconds(int agent) => _sampledAt[agent];

    /// <summary>The same request with other observations; everything else, the answers included, is shared.</summary>
    internal ActionRequest ShownAs(EnvironmentSpec spec, ReadOnlySpan<float> observations) => new(_declined, _streams, _sampledAt)
    {
        Spec = spec,
        Number = Number,
        TimeSeconds = TimeSeconds,
        Agents = Agents,
        Observations = observations,
        Masks = Masks,
        Rewards = Rewards,
        ContinuousActions = ContinuousActions,
        DiscreteActions = DiscreteActions,
    };

    /// <summary>Where its continuous action goes.</summary>
    /// <param name="agent">One that is due.</param>
    public Span<float> Continuous(int agent) => ContinuousActions[Spec.Layout.Continuous(agent)];

    /// <summary>Where its categories go, one per head.</summary>
    /// <param name="agent">One that is due.</param>
    public Span<int> Discrete(int agent) => DiscreteActions[Spec.Layout.Discrete(agent)];

    /// <summary>A random stream of this agent and its decisions alone; part of the saved state.</summary>
    /// <param name="agent">Any agent.</param>
    public ref RandomStream Random(int agent) => ref _streams[agent];

    /// <summary>The agent decides nothing this time: no action takes effect, the one in force stays.</summary>
    /// <param name="agent">One that is due.</param>
    public void Decline(int agent) => _declined[agent] = true;
}
