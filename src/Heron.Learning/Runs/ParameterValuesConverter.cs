using System.Text.Json;
using System.Text.Json.Serialization;

namespace Heron.Learning.Runs;

/// <summary>Parameters of an environment as JSON: bool, number, text or list of numbers. Whole numbers read back as double, which environments take.</summary>
internal sealed class ParameterValuesConverter : JsonConverter<IReadOnlyDictionary<string, object>>
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => ValueOf(property.Value), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, object> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach ((string name, object parameter) in value.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, parameter, parameter.GetType(), options);
        }

        writer.WriteEndObject();
    }

    private static object ValueOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Array => element.EnumerateArray().Select(entry => entry.GetDouble()).ToArray(),
        _ => throw new JsonException($"a parameter is {element.ValueKind}; it takes true, false, a number, a text or a list of numbers"),
    };
}
