using System.Collections.ObjectModel;

namespace Heron.Core.Scheduling;

/// <summary>Something that hits the world from outside, for example a cold snap or a line that trips.</summary>
/// <param name="Type">Which one, in the words of the environment's card.</param>
public sealed record Disturbance(string Type)
{
    /// <summary>How it comes out, numbers by name; default none.</summary>
    public IReadOnlyDictionary<string, double> Payload { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>Whether the physics runs at once, before the next run is due; default true. Otherwise conditions are evaluated, and the next run shows the rest.</summary>
    public bool RequiresPhysics { get; init; } = true;

    /// <summary>A number of the payload.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">The payload lacks it; the message names what there is.</exception>
    public double this[string name] => Payload.TryGetValue(name, out double value)
        ? value
        : throw new ArgumentException($"Disturbance '{Type}' has no number '{name}'; it has: {(Payload.Count == 0 ? "none" : string.Join(", ", Payload.Keys))}.", nameof(name));
}
