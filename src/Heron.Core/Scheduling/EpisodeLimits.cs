using Heron.Core.Environments;

namespace Heron.Core.Scheduling;

/// <summary>When an event-driven episode is over.</summary>
/// <param name="MaxNanoseconds">Longest simulated time.</param>
/// <param name="EndRule">Whose end ends it.</param>
internal readonly record struct EpisodeLimits(long MaxNanoseconds, EpisodeEndRule EndRule)
{
    public static EpisodeLimits From(HeronEnvironmentOptions options) => new(
        options.MaxEpisodeSeconds is double seconds ? ScheduleConfig.ToInterval(seconds, nameof(options.MaxEpisodeSeconds)) : long.MaxValue,
        options.EndRule);
}
