namespace Heron.Core.Scheduling;

/// <summary>A decision that took effect.</summary>
public readonly ref struct LandedDecision
{
    /// <summary>Index in <see cref="Environments.EnvironmentSpec.Agents"/>.</summary>
    public required int Agent { get; init; }

    /// <summary>What the agent observed, shape (length of its observation).</summary>
    public required ReadOnlySpan<float> Observation { get; init; }

    /// <summary>Its mask then; empty when it has none.</summary>
    public required ReadOnlySpan<byte> Mask { get; init; }

    /// <summary>What it did, clipped to its space.</summary>
    public required ReadOnlySpan<float> Continuous { get; init; }

    /// <summary>Its categories, one per head.</summary>
    public required ReadOnlySpan<int> Discrete { get; init; }

    /// <summary>Time of the state that it observed, in seconds.</summary>
    public required double ObservedAtSeconds { get; init; }

    /// <summary>Time of the decision, in seconds.</summary>
    public required double DecidedAtSeconds { get; init; }

    /// <summary>Time of the effect, in seconds.</summary>
    public required double TimeSeconds { get; init; }

    /// <summary>Whether an agent above decided instead of the agent's own policy.</summary>
    public required bool FromParent { get; init; }
}
