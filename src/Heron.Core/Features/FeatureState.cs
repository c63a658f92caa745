namespace Heron.Core.Features;

/// <summary>The values of one feature at one moment.</summary>
/// <param name="Name">Unique within its owner.</param>
/// <param name="Type">The kind of feature: the full name of its struct, or <c>vector</c>.</param>
/// <param name="Values">By field name, in declaration order: double, float, int or bool.</param>
public sealed record FeatureState(string Name, string Type, IReadOnlyDictionary<string, object> Values);
