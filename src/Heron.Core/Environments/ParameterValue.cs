using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Heron.Core.Environments;

/// <summary>Values of parameters as JSON: true or false, numbers, texts, lists, and objects with values by name.</summary>
/// <remarks>In memory these are bool, int or double, string, arrays (double[] and string[] where all entries are alike) and <see cref="IReadOnlyDictionary{TKey,TValue}"/> of string and object.</remarks>
public static class ParameterValue
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a value, the names of an object in ordinal order: equal values give equal texts.</summary>
    /// <param name="value">Of one of the types above.</param>
    public static string ToJson(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => JsonSerializer.Serialize(text, Plain),
        IReadOnlyDictionary<string, object> values =>
            $"{{{string.Join(", ", values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{ToJson(pair.Key)}: {ToJson(pair.Value)}"))}}}",
        IEnumerable entries => $"[{string.Join(", ", entries.Cast<object?>().Select(ToJson))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"A {value.GetType().Name} is no value of a parameter; it is true or false, a number, a text, a list or an object."),
    };

    /// <summary>Reads a value.</summary>
    /// <param name="json">JSON.</param>
    /// <exception cref="JsonException">It is no JSON, holds null, or an object has a name twice.</exception>
    public static object FromJson(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return FromJson(document.RootElement);
    }

    /// <summary>Reads a value.</summary>
    /// <param name="element">JSON.</param>
    /// <exception cref="JsonException">It holds null, or an object has a name twice.</exception>
    public static object FromJson(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Array => ToArray([.. element.EnumerateArray().Select(FromJson)]),
        JsonValueKind.Object => ReadObject(element),
        _ => throw new JsonException($"a parameter is {element.ValueKind}; it takes true, false, a number, a text, a list or an object"),
    };

    /// <summary>The narrowest array for entries that were read one by one.</summary>
    /// <param name="entries">Values.</param>
    /// <returns>double[], string[] or an array of objects where all entries are alike (an empty list is a double[]); else object[].</returns>
    public static object ToArray(IReadOnlyList<object> entries)
    {
        if (entries.All(entry => entry is double))
        {
            return entries.Cast<double>().ToArray();
        }

        if (entries.All(entry => entry is string))
        {
            return entries.Cast<string>().ToArray();
        }

        return entries.All(entry => entry is IReadOnlyDictionary<string, object>)
            ? entries.Cast<IReadOnlyDictionary<string, object>>().ToArray()
            : entries.ToArray();
    }

    private static Dictionary<string, object> ReadObject(JsonElement element)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!values.TryAdd(property.Name, FromJson(property.Value)))
            {
                throw new JsonException($"an object has '{property.Name}' twice; a name has one value");
            }
        }

        return values;
    }
}
