using Heron.Core.Environments;
using Heron.Simulations;

namespace Heron.Benchmarks.Learning;

/// <summary>Trains every task with several seeds and prints tables for RESULTS.md.</summary>
internal static class LearningReport
{
    private static readonly (string Heading, Func<LearningOutcome, double?> Value, string Format)[] Columns =
    [
        ("untrained, greedy", outcome => outcome.UntrainedGreedy, "N1"),
        ("first iteration", outcome => outcome.FirstReturn, "N1"),
        ("last iteration", outcome => outcome.LastReturn, "N1"),
        ("trained, greedy", outcome => outcome.TrainedGreedy, "N1"),
        ("steps to the goal", outcome => outcome.GoalSteps, "N0"),
        ("s to the goal", outcome => outcome.GoalSeconds, "N2"),
        ("steps in all", outcome => outcome.Steps, "N0"),
        ("s in all", outcome => outcome.Seconds, "N2"),
    ];

    /// <summary>Runs everything.</summary>
    /// <param name="seeds">Runs of each task, with the seeds from 0.</param>
    public static void Print(int seeds)
    {
        EnvironmentRegistry registry = HeronEnvironments.AddTo(new EnvironmentRegistry());
        foreach (LearningTask task in LearningTask.All)
        {
            Console.WriteLine(FormattableString.Invariant($"\n### {task.Title}\n"));
            Print([.. Enumerable.Range(0, seeds).Select(seed => task.Train(registry, (uint)seed))]);
        }
    }

    private static void Print(LearningOutcome[] outcomes)
    {
        Console.WriteLine($"| seed | {string.Join(" | ", Columns.Select(column => column.Heading))} |");
        Console.WriteLine($"|---|{string.Concat(Columns.Select(_ => "---|"))}");
        foreach (LearningOutcome outcome in outcomes)
        {
            PrintRow($"{outcome.Seed}", column => column.Value(outcome));
        }

        PrintRow("mean", column => outcomes.Average(column.Value));
        PrintRow("standard deviation", column => Deviation([.. outcomes.Select(column.Value).OfType<double>()]));
    }

    private static void PrintRow(string name, Func<(string Heading, Func<LearningOutcome, double?> Value, string Format), double?> valueOf) =>
        Console.WriteLine($"| {name} | {string.Join(" | ", Columns.Select(column => valueOf(column)?.ToString(column.Format, System.Globalization.CultureInfo.InvariantCulture) ?? "-"))} |");

    private static double? Deviation(double[] values) =>
        values.Length < 2 ? null : Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1));
}
