using System.Globalization;
using Heron.Core.Scheduling;
using Heron.Server.Driving;
using Heron.Server.Mapping;
using Spectre.Console;

namespace Heron.Server.Commands;

/// <summary>Prints an evaluation, in the lines of HERON's tutorial 4; event-driven, with what happened.</summary>
/// <param name="terminal">Where it goes.</param>
/// <param name="policies">What is evaluated.</param>
/// <param name="plan">How the episodes are carried out.</param>
internal sealed class EvaluationReport(Terminal terminal, EvaluatedPolicies policies, EpisodePlan plan)
{
    private const int LineWidth = 60, StepsPerLine = 10, MetricsPerLine = 4;

    private readonly TextWriter _output = terminal.Output;

    /// <summary>Prints what is about to be evaluated.</summary>
    /// <param name="seed">Seed of the first episode.</param>
    public void Begin(uint seed)
    {
        _output.WriteLine($"Evaluating {policies.Name}...");
        _output.WriteLine($"{policies.Description}, seed {seed}");
        if (plan.IsEventDriven)
        {
            _output.WriteLine($"Event-driven for {Seconds(plan.EndSeconds)} s, timing {TimingText.Format(plan.Options.Timing)}");
        }

        WriteLine();
        _output.Flush();
    }

    /// <summary>Prints the running means of an episode, every ten steps.</summary>
    /// <param name="episode">So far.</param>
    public void Step(EpisodeRun episode)
    {
        if (episode.Steps % StepsPerLine == 0)
        {
            double[] sums = episode.MetricSums.ToArray();
            IEnumerable<string> means = episode.Spec.MetricNames.Take(MetricsPerLine).Select((metric, i) => $"{Capitalized(metric)}={Number(sums[i] / episode.Steps)}/step");
            _output.WriteLine($"Step {episode.Steps,3}: {string.Join(", ", means.DefaultIfEmpty($"Reward={Number(episode.Return / episode.Steps)}/step"))}");
        }
    }

    /// <summary>Prints the means over all episodes.</summary>
    /// <param name="episodes">At least one.</param>
    public void End(IReadOnlyList<EpisodeReport> episodes)
    {
        for (int i = 0; i < episodes.Count && episodes.Count > 1; i++)
        {
            _output.WriteLine($"Episode {i + 1,3}: seed {episodes[i].Seed}, {episodes[i].Steps} steps{EventsOf(episodes[i])}, return {Number(episodes[i].Return)}");
        }

        var summary = new EvaluationSummary(episodes);
        WriteLine();
        string end = plan.IsEventDriven ? $": {EpisodeReportMapping.NameOf(episodes[0].End)} at {Seconds(episodes[0].EndSeconds)} s" : "";
        _output.WriteLine(episodes.Count == 1 ? $"Episode complete after {episodes[0].Steps} steps{end}" : $"{episodes.Count} episodes complete, {Number(summary.MeanSteps)} steps on average");
        WriteEvents(episodes, summary);
        _output.WriteLine($"Total reward per agent: {Number(summary.MeanReturnPerAgent)}");
        foreach ((string metric, double mean) in summary.MetricMeans)
        {
            _output.WriteLine($"Avg {metric} per step: {Number(mean)}");
        }

        string spread = episodes.Count == 1 ? "" : $" (standard deviation {Number(summary.ReturnDeviation)}, {Number(summary.LowestReturn)} to {Number(summary.HighestReturn)})";
        _output.WriteLine($"Return, sum of all agents: {Number(summary.MeanReturn)}{spread}");
        WriteAgents(episodes, summary);
    }

    private void WriteEvents(IReadOnlyList<EpisodeReport> episodes, EvaluationSummary summary)
    {
        EpisodeSummary[] events = [.. episodes.Select(episode => episode.Events).OfType<EpisodeSummary>()];
        if (events.Length == 0)
        {
            return;
        }

        double Mean(Func<EpisodeSummary, long> count) => events.Average(episode => (double)count(episode));
        string mean = events.Length == 1 ? "" : " on average";
        _output.WriteLine($"Events{mean}: {Count(Mean(episode => episode.Events))} ({Kinds(events, episode => episode.EventsByKind)})");
        _output.WriteLine($"Messages{mean}: {Kinds(events, episode => episode.MessagesByKind)}");
        _output.WriteLine(
            $"Observations {Count(Mean(episode => episode.Observations))}, effects {Count(Mean(episode => episode.Effects))}, state updates {Count(Mean(episode => episode.StateUpdates))}, "
            + $"physics runs {Count(Mean(episode => episode.PhysicsRuns))} and {Count(Mean(episode => episode.ExtraPhysicsRuns))} extra, "
            + $"disturbances {Count(Mean(episode => episode.Disturbances))}, custom events {Count(Mean(episode => episode.CustomEvents))}");
        _output.WriteLine($"Staleness: mean {Seconds(summary.MeanStalenessSeconds)} s, max {Seconds(summary.MaxStalenessSeconds)} s");
        foreach (string note in events.SelectMany(episode => episode.Diagnostics).Select(diagnostic => diagnostic.Message).Distinct())
        {
            _output.WriteLine($"Note: {note}");
        }
    }

    private void WriteAgents(IReadOnlyList<EpisodeReport> episodes, EvaluationSummary summary)
    {
        if (!plan.IsEventDriven)
        {
            foreach ((string agent, double value) in summary.AgentReturns)
            {
                _output.WriteLine($"  {agent}: {Number(value)}");
            }

            return;
        }

        Table table = PlainTable.Create("agent", "return", "ticks", "observations", "decisions", "effects", "mean staleness", "max");
        table.Columns.Skip(1).ToList().ForEach(column => column.RightAligned());
        for (int i = 0; i < summary.AgentReturns.Count; i++)
        {
            AgentStatistics[] agent = [.. episodes.Select(episode => episode.AgentEvents[i])];
            string Mean(Func<AgentStatistics, long> count) => Count(agent.Average(one => (double)count(one)));
            table.AddRow(
                summary.AgentReturns[i].Key, Number(summary.AgentReturns[i].Value), Mean(one => one.Ticks), Mean(one => one.Observations), Mean(one => one.Decisions), Mean(one => one.Effects),
                $"{Seconds(EvaluationSummary.StalenessOf(agent))} s", $"{Seconds(agent.Max(one => one.MaxStalenessSeconds))} s");
        }

        terminal.Console.Write(table);
    }

    private static string EventsOf(EpisodeReport episode) => episode.Events is { } events
        ? $", {events.Events} events, staleness {Seconds(EvaluationSummary.StalenessOf(episode.AgentEvents))} s, {EpisodeReportMapping.NameOf(episode.End)} at {Seconds(episode.EndSeconds)} s"
        : "";

    private static string Kinds<TKind>(EpisodeSummary[] episodes, Func<EpisodeSummary, IReadOnlyDictionary<TKind, long>> counts)
        where TKind : struct, Enum
    {
        IEnumerable<string> kinds = episodes.SelectMany(episode => counts(episode).Keys).Distinct().Order()
            .Select(kind => $"{EpisodeReportMapping.NameOf(kind)} {Count(episodes.Average(episode => (double)counts(episode).GetValueOrDefault(kind)))}");
        return string.Join(", ", kinds.DefaultIfEmpty("none"));
    }

    private void WriteLine() => _output.WriteLine(new string('=', LineWidth));

    private static string Capitalized(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Count(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Seconds(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
