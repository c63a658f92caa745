using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heron.Core.Environments;

namespace Heron.Core.Features;

/// <summary>States of agents as JSON. Numbers that JSON does not know (NaN, infinities) are written as text.</summary>
internal static class AgentStateJson
{
    public static string Write(AgentState state)
    {
        var features = new JsonArray();
        foreach (FeatureState feature in state.Features)
        {
            var values = new JsonObject();
            foreach ((string field, object value) in feature.Values)
            {
                values.Add(field, ToNode(value));
            }

            features.Add(new JsonObject { ["name"] = feature.Name, ["type"] = feature.Type, ["values"] = values });
        }

        return new JsonObject { ["owner_id"] = state.OwnerId, ["level"] = state.Level.ToString(), ["features"] = features }.ToJsonString();
    }

    public static AgentState Read(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            string level = root.GetProperty("level").GetString()!;
            return AgentState.Of(
                Enum.TryParse(level, out AgentLevel known) && Enum.IsDefined(known)
                    ? known
                    : throw new ArgumentException($"A state has the level '{level}'; it is one of {string.Join(", ", Enum.GetNames<AgentLevel>())}.", nameof(json)),
                root.GetProperty("owner_id").GetString()!,
                [.. root.GetProperty("features").EnumerateArray().Select(ReadFeature)]);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ArgumentException($"This is no state of an agent: {error.Message} It has owner_id, level and features, each with name, type and values.", nameof(json), error);
        }
    }

    private static FeatureState ReadFeature(JsonElement feature)
    {
        var values = new OrderedDictionary<string, object>(StringComparer.Ordinal);
        foreach (JsonProperty field in feature.GetProperty("values").EnumerateObject())
        {
            values.Add(field.Name, field.Value.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.String => double.Parse(field.Value.GetString()!, CultureInfo.InvariantCulture),
                _ => (object)field.Value.GetDouble(),
            });
        }

        return new FeatureState(feature.GetProperty("name").GetString()!, feature.GetProperty("type").GetString()!, values);
    }

    private static JsonValue ToNode(object value) => value switch
    {
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        float number when float.IsFinite(number) => JsonValue.Create(number),
        double number when double.IsFinite(number) => JsonValue.Create(number),
        _ => JsonValue.Create(Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)),
    };
}
