using Heron.Core.Agents;

namespace Heron.Core.Features;

/// <summary>One number of an agent's state, found by name once and then read by place: for code that works with any agent that has such a field.</summary>
/// <remarks>Get one from <see cref="Agent.FindField"/> or <see cref="Agent.TryFindField"/>.</remarks>
public readonly struct FieldHandle
{
    internal FieldHandle(Feature feature, FeatureField field)
    {
        Feature = feature;
        Field = field;
    }

    /// <summary>The feature that it belongs to.</summary>
    public Feature Feature { get; }

    /// <summary>Its name, type and unit.</summary>
    public FeatureField Field { get; }

    /// <summary>Name and owner, for example <c>battery.soc of mg_0_bat</c>.</summary>
    public override string ToString() => $"{FeatureSchema.SnakeCase(Feature.Name)}.{Field.Name} of {Feature.Owner.Id}";

    internal double Read(StateStore store)
    {
        int offset = store.OffsetOf(Feature) + Field.Offset;
        return Field.Kind switch
        {
            FieldKind.Double => store.At<double>(offset),
            FieldKind.Float => store.At<float>(offset),
            FieldKind.Int => store.At<int>(offset),
            _ => store.At<bool>(offset) ? 1 : 0,
        };
    }
}
