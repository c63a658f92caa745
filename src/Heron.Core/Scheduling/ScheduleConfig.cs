namespace Heron.Core.Scheduling;

/// <summary>When an agent wakes up by itself in event-driven mode. Step mode ignores it: there every agent acts in every step.</summary>
public sealed record ScheduleConfig
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Declares a schedule.</summary>
    /// <param name="tickIntervalSeconds">Simulated seconds between two wake-ups, more than 0; rounded to nanoseconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a number of seconds from 1 ns to 292 years.</exception>
    public ScheduleConfig(double tickIntervalSeconds) => TickIntervalNanoseconds = ToNanoseconds(tickIntervalSeconds);

    /// <summary>Simulated seconds between two wake-ups.</summary>
    public double TickIntervalSeconds => TickIntervalNanoseconds / NanosecondsPerSecond;

    /// <summary>The same as a whole number, which is what the clock counts.</summary>
    public long TickIntervalNanoseconds { get; }

    internal static long ToNanoseconds(double seconds)
    {
        double nanoseconds = Math.Round(seconds * NanosecondsPerSecond);
        return nanoseconds is >= 1 and < long.MaxValue
            ? (long)nanoseconds
            : throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "An interval of simulated time is at least 1e-9 s and finite.");
    }
}
