using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Heron.Server.Driving;
using Heron.Server.Mapping;

namespace Heron.Server.Commands;

/// <summary>Evaluations as one JSON document.</summary>
internal static class EvaluationJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly JsonFormatter Wire = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    /// <summary>Everything about some episodes and their means.</summary>
    /// <param name="policies">Who played.</param>
    /// <param name="plan">How.</param>
    /// <param name="episodes">At least one.</param>
    public static string Of(EvaluatedPolicies policies, EpisodePlan plan, IReadOnlyList<EpisodeReport> episodes)
    {
        var summary = new EvaluationSummary(episodes);
        JsonObject document = Heading(policies);
        document["mode"] = plan.IsEventDriven ? "event_driven" : "step";
        if (plan.IsEventDriven)
        {
            document["t_end_seconds"] = plan.EndSeconds;
            document["timing"] = TimingText.Format(plan.Options.Timing);
        }

        Add(document, summary, episodes.Count);
        if (plan.IsEventDriven)
        {
            document["mean_staleness_seconds"] = summary.MeanStalenessSeconds;
            document["max_staleness_seconds"] = summary.MaxStalenessSeconds;
        }

        document["results"] = new JsonArray([.. episodes.Select(ToJson)]);
        return document.ToJsonString(Indented);
    }

    /// <summary>An ablation.</summary>
    /// <param name="policies">Who played.</param>
    /// <param name="ablation">How.</param>
    /// <param name="rows">What <see cref="Ablation.Play"/> returned.</param>
    public static string Of(EvaluatedPolicies policies, Ablation ablation, IReadOnlyList<AblationRow> rows)
    {
        JsonObject document = Heading(policies);
        document["seed"] = ablation.Seed;
        document["steps"] = ablation.Steps;
        document["rows"] = new JsonArray([.. rows.Select(row => ToJson(row))]);
        document["interaction"] = Ablation.InteractionOf(rows);
        return document.ToJsonString(Indented);
    }

    private static JsonObject Heading(EvaluatedPolicies policies)
    {
        var heading = new JsonObject { ["environment"] = policies.Environment.Spec.Id };
        if (policies.Trained is { } trained)
        {
            heading["checkpoint"] = Path.GetFullPath(trained.CheckpointPath);
            heading["iteration"] = trained.Checkpoint.Iteration;
            heading["environment_steps"] = trained.Checkpoint.EnvironmentSteps;
        }

        heading["actions"] = policies.Manner;
        return heading;
    }

    private static void Add(JsonObject document, EvaluationSummary summary, int episodes)
    {
        document["episodes"] = episodes;
        document["mean_return"] = Number(summary.MeanReturn);
        document["return_deviation"] = Number(summary.ReturnDeviation);
        document["min_return"] = Number(summary.LowestReturn);
        document["max_return"] = Number(summary.HighestReturn);
        document["mean_return_per_agent"] = Number(summary.MeanReturnPerAgent);
        document["mean_steps"] = summary.MeanSteps;
        document["agent_returns"] = Object(summary.AgentReturns);
        document["metrics_per_step"] = Object(summary.MetricMeans);
    }

    // What the wire has no shorter word for is told in its words, so that whoever reads one reads the other.
    private static JsonObject ToJson(EpisodeReport episode)
    {
        JsonObject wire = JsonNode.Parse(Wire.Format(EpisodeReportMapping.ToWire(episode)))!.AsObject();
        var result = new JsonObject
        {
            ["seed"] = episode.Seed,
            ["steps"] = episode.Steps,
            ["return"] = Number(episode.Return),
            ["agent_returns"] = Object(episode.Agents.Select(agent => KeyValuePair.Create(agent.AgentId, agent.Return))),
            ["metrics_per_step"] = Object(episode.MetricMeans),
            ["final_metrics"] = Object(episode.Metrics.Select(metric => KeyValuePair.Create(metric.Key, (double)metric.Value))),
            ["end_reason"] = EpisodeReportMapping.NameOf(episode.End),
        };
        foreach (string name in (ReadOnlySpan<string>)["end_seconds", "agents", "events"])
        {
            if (wire.Remove(name, out JsonNode? value))
            {
                result[name] = value;
            }
        }

        return result;
    }

    private static JsonObject ToJson(AblationRow row)
    {
        var json = new JsonObject
        {
            ["timing"] = row.Timing is { } timing ? TimingText.Format(timing) : "step",
            ["gap_percent"] = row.GapPercent is { } gap ? Number(gap) : null,
            ["mean_staleness_seconds"] = row.Summary.MeanStalenessSeconds,
            ["max_staleness_seconds"] = row.Summary.MaxStalenessSeconds,
        };
        Add(json, row.Summary, row.Episodes.Count);
        json["results"] = new JsonArray([.. row.Episodes.Select(ToJson)]);
        return json;
    }

    // JSON has no not-a-number.
    private static JsonObject Object(IEnumerable<KeyValuePair<string, double>> values) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Number(pair.Value))));

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
