using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heron.Learning.Runs;
using Heron.Learning.Training;

namespace Heron.Server.Commands;

/// <summary>Prints an evaluation, in the lines of HERON's tutorial 4 or as JSON.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="trained">What is evaluated.</param>
/// <param name="greedy">How its policies act.</param>
internal sealed class EvaluationReport(TextWriter output, TrainedPolicies trained, bool greedy)
{
    private const int LineWidth = 60, StepsPerLine = 10, MetricsPerLine = 4;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Prints what is about to be evaluated.</summary>
    /// <param name="seed">Seed of the first episode.</param>
    public void Begin(uint seed)
    {
        output.WriteLine("Evaluating trained policy...");
        output.WriteLine($"{trained.Configuration.Training.EnvironmentId}, {TrainingBanner.Shorten(Path.GetFullPath(trained.CheckpointPath))} of iteration {trained.Checkpoint.Iteration}, {Manner}, seed {seed}");
        output.WriteLine(new string('=', LineWidth));
        output.Flush();
    }

    /// <summary>Prints the running means of an episode, every ten steps.</summary>
    /// <param name="episode">So far.</param>
    public void Step(EpisodeResult episode)
    {
        if (episode.Steps % StepsPerLine == 0)
        {
            IEnumerable<string> means = episode.MetricSums.Take(MetricsPerLine).Select(metric => $"{Capitalized(metric.Key)}={Number(metric.Value / episode.Steps)}/step");
            output.WriteLine($"Step {episode.Steps,3}: {string.Join(", ", means.DefaultIfEmpty($"Reward={Number(episode.Return / episode.Steps)}/step"))}");
        }
    }

    /// <summary>Prints the means over all episodes.</summary>
    /// <param name="episodes">At least one.</param>
    public void End(IReadOnlyList<EpisodeResult> episodes)
    {
        if (episodes.Count > 1)
        {
            for (int i = 0; i < episodes.Count; i++)
            {
                output.WriteLine($"Episode {i + 1,3}: seed {episodes[i].Seed}, {episodes[i].Steps} steps, return {Number(episodes[i].Return)}");
            }
        }

        var summary = new EvaluationSummary(episodes);
        output.WriteLine(new string('=', LineWidth));
        output.WriteLine(episodes.Count == 1 ? $"Episode complete after {episodes[0].Steps} steps" : $"{episodes.Count} episodes complete, {Number(summary.MeanSteps)} steps on average");
        output.WriteLine($"Total reward per agent: {Number(summary.MeanReturnPerAgent)}");
        foreach ((string metric, double mean) in summary.MetricMeans)
        {
            output.WriteLine($"Avg {metric} per step: {Number(mean)}");
        }

        string spread = episodes.Count == 1 ? "" : $" (standard deviation {Number(summary.ReturnDeviation)}, {Number(summary.LowestReturn)} to {Number(summary.HighestReturn)})";
        output.WriteLine($"Return, sum of all agents: {Number(summary.MeanReturn)}{spread}");
        foreach ((string agent, double value) in summary.AgentReturns)
        {
            output.WriteLine($"  {agent}: {Number(value)}");
        }
    }

    /// <summary>Prints everything as one JSON document.</summary>
    /// <param name="episodes">At least one.</param>
    public void WriteJson(IReadOnlyList<EpisodeResult> episodes)
    {
        var summary = new EvaluationSummary(episodes);
        output.WriteLine(new JsonObject
        {
            ["environment"] = trained.Configuration.Training.EnvironmentId,
            ["checkpoint"] = Path.GetFullPath(trained.CheckpointPath),
            ["iteration"] = trained.Checkpoint.Iteration,
            ["environment_steps"] = trained.Checkpoint.EnvironmentSteps,
            ["actions"] = Manner,
            ["episodes"] = episodes.Count,
            ["mean_return"] = summary.MeanReturn,
            ["return_deviation"] = summary.ReturnDeviation,
            ["min_return"] = summary.LowestReturn,
            ["max_return"] = summary.HighestReturn,
            ["mean_return_per_agent"] = summary.MeanReturnPerAgent,
            ["mean_steps"] = summary.MeanSteps,
            ["agent_returns"] = Object(summary.AgentReturns),
            ["metrics_per_step"] = Object(summary.MetricMeans),
            ["results"] = new JsonArray([.. episodes.Select(episode => new JsonObject
            {
                ["seed"] = episode.Seed,
                ["steps"] = episode.Steps,
                ["return"] = episode.Return,
                ["agent_returns"] = Object(episode.AgentReturns),
                ["metrics_per_step"] = Object(episode.MetricSums.ToDictionary(metric => metric.Key, metric => metric.Value / episode.Steps)),
                ["final_metrics"] = Object(episode.FinalMetrics),
            })]),
        }.ToJsonString(Indented));
    }

    private string Manner => greedy ? "greedy" : "sampled";

    // JSON has no not-a-number.
    private static JsonObject Object(IEnumerable<KeyValuePair<string, double>> values) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)(double.IsFinite(pair.Value) ? JsonValue.Create(pair.Value) : null))));

    private static string Capitalized(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
