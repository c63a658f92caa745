using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Heron.Learning.Checkpoints;
using Heron.Learning.Training;

namespace Heron.Learning.Runs;

/// <summary>What <c>config.json</c> of a run says: every option as it was resolved, and by what it was run.</summary>
public sealed record RunConfiguration
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,

        // An option that this program does not know would change the result.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new ParameterValuesConverter() },
    };

    /// <summary>Version of the program that started the run.</summary>
    public string HeronVersion { get; init; } = typeof(RunConfiguration).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>Runtime that it ran on.</summary>
    public string Runtime { get; init; } = RuntimeInformation.FrameworkDescription;

    /// <summary>Operating system and processor architecture.</summary>
    public string Platform { get; init; } = $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}";

    /// <summary>When it was started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Settings that the options started from.</summary>
    public string Preset { get; init; } = "";

    /// <summary>Iterations between two numbered checkpoints, at least 1. Default 50.</summary>
    public int CheckpointInterval { get; init; } = 50;

    /// <summary>What is trained, and how.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>Reads a configuration.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <param name="source">File that it is from, for the message.</param>
    /// <exception cref="CheckpointException">It is no configuration of this version; the message names the file and the option.</exception>
    public static RunConfiguration Parse(string json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<RunConfiguration>(json, Format) ?? throw new JsonException("it is empty");
        }
        catch (JsonException exception)
        {
            throw new CheckpointException($"The configuration in {source} cannot be used by heron {new RunConfiguration { Training = null! }.HeronVersion}: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the configuration.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";
}
