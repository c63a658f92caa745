namespace Heron.Core.Environments;

/// <summary>
/// The flat memory through which one environment copy is driven: actions in, everything else out. The owner may lay many
/// copies side by side in one block and hand each its slice.
/// </summary>
public readonly ref struct StepBuffers
{
    /// <summary>Offsets of the agents in the spans below.</summary>
    public required EnvironmentLayout Layout { get; init; }

    /// <summary>In: continuous actions, shape (<see cref="EnvironmentLayout.ContinuousLength"/>). Finite for agents that must act, unspecified for the others, who ignore them. Values outside a Box are clipped by the environment.</summary>
    public required ReadOnlySpan<float> ContinuousActions { get; init; }

    /// <summary>In: discrete actions, shape (<see cref="EnvironmentLayout.DiscreteLength"/>), each within its head for agents that must act.</summary>
    public required ReadOnlySpan<int> DiscreteActions { get; init; }

    /// <summary>Out: observations, shape (<see cref="EnvironmentLayout.ObservationLength"/>). Written for observed agents; the others keep their last one.</summary>
    public required Span<float> Observations { get; init; }

    /// <summary>Out: rewards of this step, shape (agents); 0 for agents that are not in the episode and after a reset.</summary>
    public required Span<float> Rewards { get; init; }

    /// <summary>In and out: flags, shape (agents). Between two calls nobody else writes them.</summary>
    public required Span<AgentFlags> Flags { get; init; }

    /// <summary>Out: action masks, shape (<see cref="EnvironmentLayout.MaskLength"/>), 1 = allowed. Written for agents that must act; at least one category of each head is allowed.</summary>
    public required Span<byte> Masks { get; init; }

    /// <summary>Out: metrics of this step, shape (<see cref="EnvironmentSpec.MetricNames"/>).</summary>
    public required Span<float> Metrics { get; init; }

    /// <summary>Observation of an agent, shape (length of its flat observation).</summary>
    public Span<float> Observation(int agent) => Observations[Layout.Observation(agent)];

    /// <summary>Continuous action of an agent.</summary>
    public ReadOnlySpan<float> Continuous(int agent) => ContinuousActions[Layout.Continuous(agent)];

    /// <summary>Discrete action of an agent, one number per head.</summary>
    public ReadOnlySpan<int> Discrete(int agent) => DiscreteActions[Layout.Discrete(agent)];

    /// <summary>Action mask of an agent, heads concatenated.</summary>
    public Span<byte> Mask(int agent) => Masks[Layout.Mask(agent)];
}
