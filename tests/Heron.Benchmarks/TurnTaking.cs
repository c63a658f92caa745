using System.Diagnostics;

namespace Heron.Benchmarks;

/// <summary>Measures several kinds of work in turns, so that what else happens on the machine meets all of them alike.</summary>
internal static class TurnTaking
{
    private const int WarmUpTurns = 3;
    private const int Turns = 9;
    private const double SecondsPerTurn = 0.1;

    /// <summary>Median nanoseconds per unit, in the order of the work.</summary>
    /// <param name="works">Each does some work and returns how many units that was.</param>
    public static double[] NanosecondsPerUnit(IReadOnlyList<Func<long>> works)
    {
        double[][] measured = [.. works.Select(_ => new double[Turns])];
        for (int turn = -WarmUpTurns; turn < Turns; turn++)
        {
            for (int i = 0; i < works.Count; i++)
            {
                double nanoseconds = Measure(works[i]);
                if (turn >= 0)
                {
                    measured[i][turn] = nanoseconds;
                }
            }
        }

        return [.. measured.Select(Median)];
    }

    /// <summary>The middle one of an odd number of values.</summary>
    public static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static double Measure(Func<long> work)
    {
        long units = 0;
        long start = Stopwatch.GetTimestamp();
        do
        {
            units += work();
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < SecondsPerTurn);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / units;
    }
}
