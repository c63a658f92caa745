using System.Globalization;
using Heron.Server.Driving;
using Spectre.Console;

namespace Heron.Server.Commands;

/// <summary>Prints an ablation.</summary>
/// <param name="terminal">Where it goes.</param>
/// <param name="policies">Who plays.</param>
/// <param name="ablation">How.</param>
internal sealed class AblationReport(Terminal terminal, EvaluatedPolicies policies, Ablation ablation)
{
    /// <summary>Prints what is about to be played.</summary>
    public void Begin()
    {
        terminal.Output.WriteLine($"{policies.Description}, seed {ablation.Seed}; {ablation.Episodes} {(ablation.Episodes == 1 ? "episode" : "episodes")} of at most {ablation.Steps} steps in each row");
        terminal.Output.Flush();
    }

    /// <summary>Prints the table.</summary>
    /// <param name="rows">What <see cref="Ablation.Play"/> returned.</param>
    public void End(IReadOnlyList<AblationRow> rows)
    {
        Table table = PlainTable.Create("timing", "return", "deviation", "gap", "mean staleness", "max", "observations", "effects");
        table.Columns.Skip(1).ToList().ForEach(column => column.RightAligned());
        foreach (AblationRow row in rows)
        {
            table.AddRow([.. CellsOf(row).Select(cell => new Text(cell))]);
        }

        terminal.Console.Write(table);
        double interaction = Ablation.InteractionOf(rows);
        string share = rows[0].Summary.MeanReturn == 0 ? "" : $", {Percent(interaction / Math.Abs(rows[0].Summary.MeanReturn) * 100)} of step mode";
        terminal.Output.WriteLine($"Interaction (what all parts change beyond the sum of what each changes alone): {Number(interaction)}{share}");
    }

    /// <summary>Prints everything as one JSON document.</summary>
    /// <param name="rows">What <see cref="Ablation.Play"/> returned.</param>
    public void WriteJson(IReadOnlyList<AblationRow> rows) => terminal.Output.WriteLine(EvaluationJson.Of(policies, ablation, rows));

    private static string[] CellsOf(AblationRow row)
    {
        EvaluationSummary summary = row.Summary;
        string gap = row.GapPercent is { } percent ? Percent(percent) : "-";
        if (row.Timing is not { } timing)
        {
            return ["step mode", Number(summary.MeanReturn), Number(summary.ReturnDeviation), gap, "-", "-", "-", "-"];
        }

        double Mean(Func<Heron.Core.Scheduling.EpisodeSummary, long> count) => row.Episodes.Average(episode => (double)count(episode.Events!));
        return
        [
            TimingText.Format(timing), Number(summary.MeanReturn), Number(summary.ReturnDeviation), gap,
            Seconds(summary.MeanStalenessSeconds), Seconds(summary.MaxStalenessSeconds),
            Count(Mean(events => events.Observations)), Count(Mean(events => events.Effects)),
        ];
    }

    private static string Percent(double value) => value.ToString("0.00", CultureInfo.InvariantCulture) + " %";

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Seconds(double value) => value.ToString("0.### s", CultureInfo.InvariantCulture);

    private static string Count(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
