using System.Globalization;
using Heron.Learning.Ppo;
using Heron.Learning.Runs;

namespace Heron.Server.Commands;

/// <summary>The table that a training run prints: one line per iteration, the columns that example 5 of HERON has first.</summary>
internal static class TrainingTable
{
    private const string Separator = " | ";

    private static readonly Column[] Columns =
    [
        new("Iter", 5, progress => Text(progress.Iteration.Iteration, "0")),
        new("Reward", 10, progress => Text(Reward(progress), "0.00")),
        new("Cost", 10, progress => Text(-Reward(progress), "0.00")),
        new("Episodes", 8, progress => Text(progress.Iteration.FinishedEpisodes, "0")),
        new("Steps", 10, progress => Text(progress.Iteration.EnvironmentSteps, "0")),
        new("Time", 8, progress => Text(progress.ElapsedSeconds, "0.0") + "s"),
        new("Length", 8, progress => Text(progress.Iteration.EpisodeLength?.Mean ?? double.NaN, "0.0")),
        new("Policy loss", 11, progress => Text(Mean(progress, policy => policy.PolicyLoss), "G4")),
        new("Value loss", 10, progress => Text(Mean(progress, policy => policy.ValueLoss), "G5")),
        new("Entropy", 8, progress => Text(Mean(progress, policy => policy.Entropy), "0.000")),
        new("Steps/s", 9, progress => Text(progress.Iteration.EnvironmentStepsPerSecond, "0")),
    ];

    /// <summary>Characters in a line with all columns.</summary>
    public static int FullWidth { get; } = Columns.Sum(column => column.Width) + (Separator.Length * (Columns.Length - 1));

    /// <summary>The headings.</summary>
    /// <param name="width">Room; columns that do not fit are left out, from the right.</param>
    public static string Header(int width) => Join(width, column => column.Heading);

    /// <summary>One iteration.</summary>
    /// <param name="progress">After the iteration.</param>
    /// <param name="width">Room, as for the headings.</param>
    public static string Row(RunProgress progress, int width) => Join(width, column => column.Read(progress));

    private static string Join(int width, Func<Column, string> cell)
    {
        int count = 0;
        for (int used = -Separator.Length; count < Columns.Length && (used += Separator.Length + Columns[count].Width) <= width; count++)
        {
        }

        return string.Join(Separator, Columns.Take(Math.Max(count, 2)).Select(column => cell(column).PadLeft(column.Width)));
    }

    private static double Reward(RunProgress progress) => progress.Iteration.EpisodeReturn?.Mean ?? double.NaN;

    private static double Mean(RunProgress progress, Func<PpoStatistics, double> read) =>
        progress.Iteration.Learning.Count == 0 ? double.NaN : progress.Iteration.Learning.Values.Average(read);

    private static string Text(double value, string format) => double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);

    private sealed record Column(string Heading, int Width, Func<RunProgress, string> Read);
}
