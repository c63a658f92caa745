namespace Heron.Core.Environments;

/// <summary>A parameter of an environment as users see it.</summary>
/// <param name="Name">In snake_case.</param>
/// <param name="Type"><c>bool</c>, <c>int</c>, <c>float</c>, <c>string</c>, <c>float list</c>, <c>string list</c>, <c>object</c> or <c>object list</c>; objects hold values by name.</param>
/// <param name="Default">bool, int, double, string, double[], string[], or one or an array of <see cref="IReadOnlyDictionary{TKey,TValue}"/> of string and object.</param>
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
