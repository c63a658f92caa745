namespace Heron.Core.Environments;

/// <summary>A parameter of an environment as users see it.</summary>
/// <param name="Name">In snake_case.</param>
/// <param name="Type"><c>bool</c>, <c>int</c>, <c>float</c>, <c>string</c> or <c>float list</c>.</param>
/// <param name="Default">bool, int, double, string or double[].</param>
/// <param name="Unit">Empty when it has none.</param>
/// <param name="Minimum">Lowest value, possibly negative infinity.</param>
/// <param name="Maximum">Highest value, possibly positive infinity.</param>
/// <param name="Choices">Allowed texts; empty for any.</param>
/// <param name="Summary">Meaning in one sentence.</param>
public sealed record EnvironmentParameter(
    string Name,
    string Type,
    object Default,
    string Unit,
    double Minimum,
    double Maximum,
    IReadOnlyList<string> Choices,
    string Summary);
