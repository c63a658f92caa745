using Heron.Core.Agents;

namespace Heron.Core.Protocols;

/// <summary>On what the members of a <see cref="Consensus"/> agree, and how.</summary>
public sealed record ConsensusOptions
{
    /// <summary>The field that a member starts from, named as for <see cref="Agent.TryFindField"/>; default <c>control_value</c>.</summary>
    public string ValueField { get; init; } = "control_value";

    /// <summary>Who listens to whom; default everybody to everybody.</summary>
    public Topology Topology { get; init; } = Topology.Complete;

    /// <summary>How much; default to each neighbour as much as to itself.</summary>
    public ConsensusWeights Weights { get; init; }

    /// <summary>Rounds at most, default 10.</summary>
    public int MaxIterations { get; init; } = 10;

    /// <summary>The rounds end when no value has moved by this much, in the field's unit; default 0.01.</summary>
    public double Tolerance { get; init; } = 0.01;
}
