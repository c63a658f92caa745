using System.Globalization;

namespace Heron.Core.Scheduling;

/// <summary>When an agent wakes up by itself in event-driven mode, and how late everything reaches it and others. Step mode ignores it.</summary>
/// <remarks>
/// Every duration is simulated time, given in seconds and rounded once to nanoseconds. With <see cref="Jitter"/> each use
/// draws anew around the base value, from a stream of this agent and this purpose alone; a base of 0 stays 0.
/// </remarks>
public sealed record ScheduleConfig
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Declares a schedule without delays and without jitter.</summary>
    /// <param name="tickIntervalSeconds">Simulated seconds between two wake-ups, more than 0; rounded to nanoseconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a number of seconds from 1 ns to 292 years.</exception>
    public ScheduleConfig(double tickIntervalSeconds) => TickIntervalSeconds = tickIntervalSeconds;

    /// <summary>Simulated seconds between two wake-ups, more than 0. For the system agent: between two runs of the physics.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a number of seconds from 1 ns to 292 years.</exception>
    public double TickIntervalSeconds
    {
        get => TickIntervalNanoseconds / NanosecondsPerSecond;
        init => TickIntervalNanoseconds = ToInterval(value, nameof(TickIntervalSeconds));
    }

    /// <summary>The same as a whole number, which is what the clock counts.</summary>
    public long TickIntervalNanoseconds { get; private init; }

    /// <summary>Simulated seconds from a wake-up to the observation that belongs to it, 0 or more; default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, not finite or beyond 292 years.</exception>
    public double ObservationDelaySeconds
    {
        get => ObservationDelayNanoseconds / NanosecondsPerSecond;
        init => ObservationDelayNanoseconds = ToDelay(value, nameof(ObservationDelaySeconds));
    }

    /// <summary>Simulated seconds from a decision to its effect, 0 or more; default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, not finite or beyond 292 years.</exception>
    public double ActionDelaySeconds
    {
        get => ActionDelayNanoseconds / NanosecondsPerSecond;
        init => ActionDelayNanoseconds = ToDelay(value, nameof(ActionDelaySeconds));
    }

    /// <summary>Simulated seconds that any message of this agent is under way, 0 or more; default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, not finite or beyond 292 years.</exception>
    public double MessageDelaySeconds
    {
        get => MessageDelayNanoseconds / NanosecondsPerSecond;
        init => MessageDelayNanoseconds = ToDelay(value, nameof(MessageDelaySeconds));
    }

    /// <summary>How the four durations vary; default not at all.</summary>
    public JitterKind Jitter { get; init; }

    /// <summary>Size of the jitter as a share of the base value, 0 or more; default 0.1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double JitterRatio
    {
        get;
        init => field = double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(JitterRatio), value, string.Create(CultureInfo.InvariantCulture, $"JitterRatio is {value}; it is a finite number, 0 or more, and 0.1 is ten per cent."));
    } = 0.1;

    /// <summary>Least simulated seconds of a delay with jitter, 0 or more; default 0. A jittered interval is at least a millisecond, or its base if that is less.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, not finite or beyond 292 years.</exception>
    public double MinDelaySeconds
    {
        get => MinDelayNanoseconds / NanosecondsPerSecond;
        init => MinDelayNanoseconds = ToDelay(value, nameof(MinDelaySeconds));
    }

    internal long ObservationDelayNanoseconds { get; private init; }

    internal long ActionDelayNanoseconds { get; private init; }

    internal long MessageDelayNanoseconds { get; private init; }

    internal long MinDelayNanoseconds { get; private init; }

    /// <summary>A schedule whose durations never vary.</summary>
    /// <param name="tickIntervalSeconds">Between two wake-ups, more than 0; default 1.</param>
    /// <param name="observationDelaySeconds">From a wake-up to its observation; default 0.</param>
    /// <param name="actionDelaySeconds">From a decision to its effect; default 0.</param>
    /// <param name="messageDelaySeconds">Of every message; default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A duration is out of range; the message names it.</exception>
    public static ScheduleConfig Deterministic(
        double tickIntervalSeconds = 1, double observationDelaySeconds = 0, double actionDelaySeconds = 0, double messageDelaySeconds = 0) =>
        new(tickIntervalSeconds)
        {
            ObservationDelaySeconds = observationDelaySeconds,
            ActionDelaySeconds = actionDelaySeconds,
            MessageDelaySeconds = messageDelaySeconds,
        };

    /// <summary>This schedule with jitter; base values and the least delay stay.</summary>
    /// <param name="jitter">How it varies; default normal.</param>
    /// <param name="ratio">Share of the base value; default 0.1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is negative or not finite.</exception>
    public ScheduleConfig WithJitter(JitterKind jitter = JitterKind.Gaussian, double ratio = 0.1) => this with { Jitter = jitter, JitterRatio = ratio };

    /// <summary>This schedule without jitter; base values stay.</summary>
    public ScheduleConfig WithoutJitter() => this with { Jitter = JitterKind.None };

    internal static long ToInterval(double seconds, string name)
    {
        double nanoseconds = Math.Round(seconds * NanosecondsPerSecond);
        return nanoseconds is >= 1 and < long.MaxValue
            ? (long)nanoseconds
            : throw new ArgumentOutOfRangeException(
                name, seconds, string.Create(CultureInfo.InvariantCulture, $"{name} is {seconds}; an interval of simulated time is from 1e-9 s to 9.2e9 s, which is 292 years."));
    }

    internal static long ToDelay(double seconds, string name)
    {
        double nanoseconds = Math.Round(seconds * NanosecondsPerSecond);
        return nanoseconds is >= 0 and < long.MaxValue
            ? (long)nanoseconds
            : throw new ArgumentOutOfRangeException(
                name, seconds, string.Create(CultureInfo.InvariantCulture, $"{name} is {seconds}; a moment or delay of simulated time is from 0 s to 9.2e9 s, which is 292 years."));
    }
}
