using Heron.Core.Agents;

namespace Heron.Core.Features;

/// <summary>A kind of feature that is a struct.</summary>
/// <typeparam name="T">The struct.</typeparam>
internal sealed class FeatureDefinition<T>(string name, T initial, Visibility visibility, FeatureCheck<T>? check) : FeatureDefinition(name, visibility)
    where T : unmanaged
{
    public override IReadOnlyList<FeatureField> Fields { get; } = FeatureSchema.Of<T>();

    public override IReadOnlyDictionary<string, object> Initial => FeatureRecord.ToDictionary(initial);

    internal override Feature DeclareFor(Agent agent, string name, IReadOnlyDictionary<string, object> values) =>
        agent.Declare(new Feature<T>(agent, name, Visibility, FeatureRecord.FromDictionary(values, initial), check));
}
