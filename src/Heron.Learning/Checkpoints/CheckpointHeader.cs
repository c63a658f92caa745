using System.Text.Json.Serialization;

namespace Heron.Learning.Checkpoints;

/// <summary>The first entry of a checkpoint, for people and for the check that this program can read it.</summary>
internal sealed record CheckpointHeader
{
    public const string FormatName = "heron-checkpoint";
    public const int CurrentVersion = 1;

    [JsonPropertyName("format")]
    public string Format { get; init; } = FormatName;

    [JsonPropertyName("format_version")]
    public int FormatVersion { get; init; } = CurrentVersion;

    [JsonPropertyName("iteration")]
    public int Iteration { get; init; }

    [JsonPropertyName("environment_steps")]
    public long EnvironmentSteps { get; init; }

    [JsonPropertyName("elapsed_seconds")]
    public double ElapsedSeconds { get; init; }

    // JSON has no not-a-number.
    [JsonPropertyName("mean_return")]
    public double? MeanReturn { get; init; }

    [JsonPropertyName("best_return")]
    public double? BestReturn { get; init; }
}
