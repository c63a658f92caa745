using System.Diagnostics;
using System.Globalization;

namespace Heron.Benchmarks.Learning;

/// <summary>
/// Updates in rounds on demand, so that a program that measures another learner can take turns with this one: each line
/// <c>MINIBATCH SECONDS</c> on standard input is answered by a line of updates per second.
/// </summary>
internal static class UpdateRounds
{
    public static void Run()
    {
        var workloads = new Dictionary<int, LearnerWorkload>();
        while (Console.ReadLine()?.Split(' ') is [{ } minibatch, { } seconds])
        {
            int size = int.Parse(minibatch, CultureInfo.InvariantCulture);
            if (!workloads.TryGetValue(size, out LearnerWorkload? workload))
            {
                workloads[size] = workload = new LearnerWorkload(size);
            }

            double rate = Measure(workload, double.Parse(seconds, CultureInfo.InvariantCulture));
            Console.WriteLine(rate.ToString("F3", CultureInfo.InvariantCulture));
        }
    }

    private static double Measure(LearnerWorkload workload, double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        int updates = 0;
        do
        {
            workload.Update();
            updates++;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
        return updates / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
