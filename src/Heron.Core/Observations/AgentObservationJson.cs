using System.Text.Json;
using System.Text.Json.Serialization;

namespace Heron.Core.Observations;

/// <summary>Observations as JSON. Numbers that JSON does not know (NaN, infinities) are written as text.</summary>
internal static class AgentObservationJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public static string Write(AgentObservation observation) => JsonSerializer.Serialize(observation, Options);

    public static AgentObservation Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<AgentObservation>(json, Options) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"This is no observation: {error.Message} It has time_seconds, local and global.", nameof(json), error);
        }
    }
}
