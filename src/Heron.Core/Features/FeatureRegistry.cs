namespace Heron.Core.Features;

/// <summary>Kinds of features by name, for environments that are put together from words. Filled at start, then only read; there may be several.</summary>
public sealed class FeatureRegistry
{
    private readonly OrderedDictionary<string, FeatureDefinition> _byName = new(StringComparer.Ordinal);

    /// <summary>All entries, in the order in which they were added.</summary>
    public IReadOnlyList<FeatureDefinition> Definitions => _byName.Values;

    /// <summary>Adds a kind of feature.</summary>
    /// <typeparam name="T">Its struct.</typeparam>
    /// <param name="initial">Initial values, unless an agent is given others.</param>
    /// <param name="visibility">Who may see it.</param>
    /// <param name="name">Unique here; default the struct's name.</param>
    /// <param name="check">Holds it within its limits; default none.</param>
    /// <returns>This registry, for chaining.</returns>
    /// <exception cref="ArgumentException">The name is taken, or the struct has a field without a vector form.</exception>
    public FeatureRegistry Add<T>(T initial, Visibility visibility, string? name = null, FeatureCheck<T>? check = null)
        where T : unmanaged
    {
        var added = new FeatureDefinition<T>(name ?? typeof(T).Name, initial, visibility, check);
        return _byName.TryAdd(added.Name, added)
            ? this
            : throw new ArgumentException($"There is a feature '{added.Name}' already; give the new one a name of its own.", nameof(name));
    }

    /// <summary>Looks an entry up.</summary>
    /// <param name="name">As it was added; upper and lower case count.</param>
    /// <exception cref="ArgumentException">There is none; the message names those there are.</exception>
    public FeatureDefinition Get(string name) => _byName.TryGetValue(name, out FeatureDefinition? found)
        ? found
        : throw new ArgumentException($"There is no feature '{name}'. Available: {string.Join(", ", _byName.Keys)}.", nameof(name));
}
