using System.Text.Json;
using System.Text.Json.Serialization;
using Heron.Core.Environments;

namespace Heron.Learning.Runs;

/// <summary>Parameters of an environment as JSON: bool, number, text, list or object. Whole numbers read back as double, which environments take.</summary>
internal sealed class ParameterValuesConverter : JsonConverter<IReadOnlyDictionary<string, object>>
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => ParameterValue.FromJson(property.Value), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, object> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach ((string name, object parameter) in value.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(ParameterValue.ToJson(parameter));
        }

        writer.WriteEndObject();
    }
}
