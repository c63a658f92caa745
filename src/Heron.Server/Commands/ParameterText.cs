using System.Collections;
using System.Globalization;
using System.Text.Json;
using Heron.Core.Environments;

namespace Heron.Server.Commands;

/// <summary>Values of parameters as a person types and reads them.</summary>
internal static class ParameterText
{
    /// <summary>Reads a value.</summary>
    /// <param name="type">The parameter's type as its environment declares it; null when there is no such parameter.</param>
    /// <param name="text">What was typed.</param>
    /// <returns>The value, or the text itself when it is none of that type: the environment then tells what it takes.</returns>
    /// <exception cref="JsonException">The type is written as JSON, and this is none.</exception>
    public static object Parse(string? type, string text) => type switch
    {
        "bool" => bool.TryParse(text, out bool flag) ? flag : text,
        "int" or "float" => TryNumber(text, out double number) ? number : text,
        "float list" => TryNumbers(text, out double[] numbers) ? numbers : text,
        "string list" => text.StartsWith('[') ? ParameterValue.FromJson(text) : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        "object" or "object list" => ParameterValue.FromJson(text),
        _ => text,
    };

    /// <summary>Writes a value so that <see cref="Parse"/> reads it again.</summary>
    /// <param name="value">bool, int, double, string, double[], string[], or what is written as JSON.</param>
    public static string Format(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        double[] numbers => string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))),
        string[] texts => string.Join(',', texts),
        IEnumerable and not string => ParameterValue.ToJson(value),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static bool TryNumbers(string text, out double[] numbers)
    {
        // Brackets are taken too: that is how lists are written in error messages and in JSON.
        string list = text.StartsWith('[') && text.EndsWith(']') ? text[1..^1] : text;
        string[] entries = list.Split(',');
        numbers = new double[entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            if (!TryNumber(entries[i], out numbers[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
