namespace Heron.Core.Environments;

/// <summary>Marks a property of a parameter record as a parameter that users may set.</summary>
/// <param name="summary">Meaning in one sentence.</param>
/// <remarks>
/// The public name is the property's in snake_case, the type is the property's (bool, int, double, string, double[], string[], or one or an array of IReadOnlyDictionary&lt;string, object&gt;),
/// the default is the property's initial value: each stands in one place.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EnvironmentParameterAttribute(string summary) : Attribute
{
    /// <summary>Meaning in one sentence.</summary>
    public string Summary { get; } = summary;

    /// <summary>Unit of a number, empty when it has none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Lowest value of a number, or of each entry of a list.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Highest value of a number, or of each entry of a list.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Allowed texts; empty for any.</summary>
    public string[] Choices { get; init; } = [];
}
