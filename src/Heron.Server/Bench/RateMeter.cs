namespace Heron.Server.Bench;

/// <summary>Measures how often something can be done per second.</summary>
/// <remarks>
/// First the calls run for as long as they will be measured, so that the runtime finishes compiling what it runs often; this
/// also tells how many calls make a round. A median forgives a neighbour's burst on a shared machine.
/// </remarks>
/// <param name="seconds">Length of all rounds of one figure together, and of the time before them, above 0.</param>
/// <param name="cancellation">Ends a measurement between two rounds.</param>
internal sealed class RateMeter(double seconds, CancellationToken cancellation)
{
    private const int Rounds = 5;

    /// <summary>Measures a call.</summary>
    /// <param name="area">One of <see cref="BenchAreas"/>.</param>
    /// <param name="work">What one call does.</param>
    /// <param name="unit">What is counted, in the plural.</param>
    /// <param name="unitsPerCall">How many of them a call does.</param>
    /// <param name="call">The call.</param>
    public BenchFigure Measure(string area, string work, string unit, double unitsPerCall, Action call)
    {
        double[] secondsPerCall = [.. Time(calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                call();
            }

            return Task.CompletedTask;
        }).ToBlockingEnumerable(cancellation)];
        return Summarize(area, work, unit, unitsPerCall, secondsPerCall);
    }

    /// <summary>Measures an asynchronous call, one at a time.</summary>
    /// <param name="area">One of <see cref="BenchAreas"/>.</param>
    /// <param name="work">What one call does.</param>
    /// <param name="unit">What is counted, in the plural.</param>
    /// <param name="unitsPerCall">How many of them a call does.</param>
    /// <param name="call">The call.</param>
    public async Task<BenchFigure> MeasureAsync(string area, string work, string unit, double unitsPerCall, Func<Task> call)
    {
        List<double> secondsPerCall = [];
        await foreach (double round in Time(async calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                await call();
            }
        }))
        {
            secondsPerCall.Add(round);
        }

        return Summarize(area, work, unit, unitsPerCall, [.. secondsPerCall]);
    }

    // Seconds per call of each round.
    private async IAsyncEnumerable<double> Time(Func<int, Task> runCalls)
    {
        int calls = 1;
        for (double warmUp = 0; warmUp < seconds;)
        {
            double elapsed = await TimeRoundAsync(runCalls, calls);
            warmUp += elapsed;
            calls = (int)Math.Clamp(seconds / Rounds * calls / elapsed, 1, 2.0 * calls);
        }

        for (int round = 0; round < Rounds; round++)
        {
            yield return await TimeRoundAsync(runCalls, calls) / calls;
        }
    }

    private async Task<double> TimeRoundAsync(Func<int, Task> runCalls, int calls)
    {
        cancellation.ThrowIfCancellationRequested();
        long start = TimeProvider.System.GetTimestamp();
        await runCalls(calls);
        return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    private static BenchFigure Summarize(string area, string work, string unit, double unitsPerCall, double[] secondsPerCall)
    {
        Array.Sort(secondsPerCall);
        double median = secondsPerCall[Rounds / 2];
        return new BenchFigure(area, work, 1e6 * median, unitsPerCall / median, unitsPerCall / secondsPerCall[0], unit);
    }
}
