using System.Diagnostics.CodeAnalysis;
using System.Globalization;

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

    /// <summary>Takes an entry out.</summary>
    /// <param name="id">Public name with version.</param>
    /// <exception cref="EnvironmentNotFoundException">There is none; the message names those there are.</exception>
    public void Remove(string id)
    {
        if (!_byId.Remove(id))
        {
            throw new EnvironmentNotFoundException(id, _byId.Keys);
        }
    }

    /// <summary>All versions of an environment, the oldest first: <c>TwoRoomHeating</c> gives <c>TwoRoomHeating-v0</c>, <c>-v1</c> and so on.</summary>
    /// <param name="name">Public name without version.</param>
    /// <returns>Empty when there is none.</returns>
    public IReadOnlyList<EnvironmentDefinition> VersionsOf(string name) =>
        [.. _byId.Values.Where(definition => VersionOf(name, definition.Id) >= 0).OrderBy(definition => VersionOf(name, definition.Id))];

    /// <summary>Looks an entry up and settles its parameters.</summary>
    /// <param name="id">Public name with version.</param>
    /// <param name="values">Values by name; those not named keep their defaults.</param>
    /// <exception cref="EnvironmentNotFoundException">There is none; the message names those there are.</exception>
    /// <exception cref="ArgumentException">Unknown parameter, wrong type or out of range.</exception>
    public EnvironmentFactory Make(string id, IReadOnlyDictionary<string, object>? values = null) => Get(id).Configure(values);

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

    // -1 when the id is no version of the name.
    private static int VersionOf(string name, string id) =>
        id.StartsWith(name + "-v", StringComparison.Ordinal) && int.TryParse(id.AsSpan(name.Length + 2), NumberStyles.None, CultureInfo.InvariantCulture, out int version) ? version : -1;
}
