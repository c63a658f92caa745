using Heron.Core.Environments;

namespace Heron.Core.Composition;

/// <summary>Something that a composed environment can be made of, with a name that users write and arguments of its own.</summary>
public abstract class CatalogEntry
{
    private protected CatalogEntry(string name, string summary)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException($"A {GetType().Name} of a catalogue was given the name '{name}'; give one that users can write, in snake_case.", nameof(name));
        }

        Name = name;
        Summary = summary;
    }

    /// <summary>In snake_case.</summary>
    public string Name { get; }

    /// <summary>What it is and does, in a few sentences.</summary>
    public string Summary { get; }

    /// <summary>Its own arguments, in declaration order.</summary>
    public abstract IReadOnlyList<EnvironmentParameter> Parameters { get; }
}
