namespace Heron.Core.Features;

/// <summary>One named number of a feature.</summary>
/// <param name="Name">In snake_case.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Unit">Its unit's symbol, empty when it has none.</param>
/// <param name="Offset">Bytes from the start of the struct.</param>
public sealed record FeatureField(string Name, FieldKind Kind, string Unit, int Offset)
{
    /// <summary>Lowest value that it ever has; negative infinity when the struct does not say, 0 for a bool.</summary>
    public double Minimum { get; init; } = Kind == FieldKind.Bool ? 0 : double.NegativeInfinity;

    /// <summary>Highest value that it ever has; positive infinity when the struct does not say, 1 for a bool.</summary>
    public double Maximum { get; init; } = Kind == FieldKind.Bool ? 1 : double.PositiveInfinity;
}
