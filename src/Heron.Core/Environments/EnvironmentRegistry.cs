using System.Diagnostics.CodeAnalysis;

namespace Heron.Core.Environments;

/// <summary>The catalogue of environments that a program offers. Filled at start, then only read.</summary>
public sealed class EnvironmentRegistry
{
    private readonly SortedDictionary<string, EnvironmentDefinition> _byId = new(StringComparer.Ordinal);

    /// <summary>All entries, by id.</summary>
    public IReadOnlyCollection<EnvironmentDefinition> Definitions => _byId.Values;

    /// <summary>Adds an entry.</summary>
    /// <param name="definition">Its id must be new.</param>
    /// <returns>This registry, for chaining.</returns>
    /// <exception cref="ArgumentException">The id is taken.</exception>
    public EnvironmentRegistry Add(EnvironmentDefinition definition)
    {
        if (!_byId.TryAdd(definition.Id, definition))
        {
            throw new ArgumentException($"Environment '{definition.Id}' is already registered; give the new one another name or version.", nameof(definition));
        }

        return this;
    }

    /// <summary>Looks an entry up.</summary>
    /// <param name="id">Public name with version.</param>
    /// <param name="definition">The entry.</param>
    /// <returns>False when there is none.</returns>
    public bool TryGet(string id, [NotNullWhen(true)] out EnvironmentDefinition? definition) => _byId.TryGetValue(id, out definition);

    /// <summary>Looks an entry up.</summary>
    /// <param name="id">Public name with version.</param>
    /// <exception cref="EnvironmentNotFoundException">There is none; the message names those there are.</exception>
    public EnvironmentDefinition Get(string id) =>
        TryGet(id, out EnvironmentDefinition? definition) ? definition : throw new EnvironmentNotFoundException(id, _byId.Keys);
}
