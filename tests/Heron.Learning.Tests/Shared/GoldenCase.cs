using System.Text.Json;

namespace Heron.Learning.Tests.Shared;

/// <summary>One recorded case: inputs, expected fields and the tolerance of each field in single precision.</summary>
internal sealed class GoldenCase(JsonElement element)
{
    public string Name { get; } = element.GetProperty("name").GetString()!;

    public JsonElement Inputs { get; } = element.GetProperty("inputs");

    public JsonElement Expected { get; } = element.GetProperty("expected");

    public string Text(string input) => Inputs.GetProperty(input).GetString()!;

    public float Number(string input) => Inputs.GetProperty(input).GetSingle();

    public float[] Floats(string input) => Floats(Inputs.GetProperty(input));

    public int[] Integers(string input) => [.. Data(Inputs.GetProperty(input)).Select(item => item.GetInt32())];

    /// <summary>Numbers of a tensor, a list or a single number.</summary>
    public static float[] Floats(JsonElement value) => [.. Data(value).Select(item => item.GetSingle())];

    /// <summary>Checks a field of the expected values; a dotted name reaches into it, with the tolerance of its first part.</summary>
    public void Check(string field, params ReadOnlySpan<float> actual)
    {
        JsonElement expected = Expected;
        foreach (string part in field.Split('.'))
        {
            expected = int.TryParse(part, out int index) ? expected[index] : expected.GetProperty(part);
        }

        JsonElement tolerance = element.GetProperty("tolerance").GetProperty(field.Split('.')[0]).GetProperty("f32");
        double absolute = tolerance.GetProperty("abs").GetDouble(), relative = tolerance.GetProperty("rel").GetDouble();
        double[] numbers = [.. Data(expected).Select(item => item.GetDouble())];
        Assert.True(numbers.Length == actual.Length, $"{Name}: {field} has {numbers.Length} numbers, got {actual.Length}.");
        for (int i = 0; i < numbers.Length; i++)
        {
            double limit = absolute + (relative * Math.Abs(numbers[i]));
            Assert.True(Math.Abs(actual[i] - numbers[i]) <= limit, $"{Name}: {field}[{i}] is {actual[i]:G9}, expected {numbers[i]:G9} +- {limit:G3}.");
        }
    }

    private static IEnumerable<JsonElement> Data(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.GetProperty("data").EnumerateArray(),
        JsonValueKind.Array => value.EnumerateArray(),
        _ => [value],
    };
}
