using Heron.Core.Agents;

namespace Heron.Core.Features;

/// <summary>An entry of a <see cref="FeatureRegistry"/>: a kind of feature that agents can be given by name.</summary>
public abstract class FeatureDefinition
{
    private protected FeatureDefinition(string name, Visibility visibility)
    {
        Name = name;
        Visibility = visibility;
    }

    /// <summary>Unique in its registry.</summary>
    public string Name { get; }

    /// <summary>Who may see such a feature.</summary>
    public Visibility Visibility { get; }

    /// <summary>Its fields, in declaration order.</summary>
    public abstract IReadOnlyList<FeatureField> Fields { get; }

    /// <summary>Initial values by field name.</summary>
    public abstract IReadOnlyDictionary<string, object> Initial { get; }

    internal abstract Feature DeclareFor(Agent agent, string name, IReadOnlyDictionary<string, object> values);
}
