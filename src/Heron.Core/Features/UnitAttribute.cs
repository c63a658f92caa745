namespace Heron.Core.Features;

/// <summary>Unit and range of a feature's field: shown in observation labels and renderings, and the bounds of default observations.</summary>
/// <param name="symbol">The unit's symbol, for example <c>MW</c>; default none.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class UnitAttribute(string symbol = "") : Attribute
{
    /// <summary>The unit's symbol, empty when it has none.</summary>
    public string Symbol { get; } = symbol;

    /// <summary>Lowest value that the field ever has, in its unit; default none. Nothing clamps it: a <see cref="FeatureCheck{T}"/> can.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Highest value that the field ever has, in its unit; default none.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;
}
