namespace Heron.Core.Features;

/// <summary>One named number of a feature.</summary>
/// <param name="Name">In snake_case.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Unit">Its unit's symbol, empty when it has none.</param>
/// <param name="Offset">Bytes from the start of the struct.</param>
public sealed record FeatureField(string Name, FieldKind Kind, string Unit, int Offset);
