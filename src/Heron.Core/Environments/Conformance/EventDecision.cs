using System.Globalization;
using System.Runtime.InteropServices;
using Heron.Core.Scheduling;

namespace Heron.Core.Environments.Conformance;

/// <summary>A decision that took effect, kept to compare it with another run's bit by bit.</summary>
internal sealed record EventDecision(int Agent, double ObservedAtSeconds, double DecidedAtSeconds, float[] Observation, float[] Continuous, int[] Discrete)
{
    public static EventDecision Of(in LandedDecision decision) => new(
        decision.Agent,
        decision.ObservedAtSeconds,
        decision.DecidedAtSeconds,
        decision.Observation.ToArray(),
        decision.Continuous.ToArray(),
        decision.Discrete.ToArray());

    /// <inheritdoc/>
    public bool Equals(EventDecision? other) => other is not null
        && (Agent, ObservedAtSeconds, DecidedAtSeconds) == (other.Agent, other.ObservedAtSeconds, other.DecidedAtSeconds)
        && Bits(Observation).SequenceEqual(Bits(other.Observation))
        && Bits(Continuous).SequenceEqual(Bits(other.Continuous))
        && Discrete.AsSpan().SequenceEqual(other.Discrete);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Agent, ObservedAtSeconds, DecidedAtSeconds);

    /// <summary>The rest of a sentence about the agent.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"observes [{Join(Observation)}] of {ObservedAtSeconds} s and does [{string.Join(", ", new[] { Join(Continuous), string.Join(", ", Discrete) }.Where(part => part.Length > 0))}]");

    private static ReadOnlySpan<byte> Bits(float[] numbers) => MemoryMarshal.AsBytes<float>(numbers);

    private static string Join(float[] numbers) => string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
