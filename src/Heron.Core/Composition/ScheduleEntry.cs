using Heron.Core.Environments;
using Heron.Core.Scheduling;

namespace Heron.Core.Composition;

/// <summary>What a <c>schedule</c> may hold; what is not named stays as the agent's class has it.</summary>
internal sealed record ScheduleEntry
{
    private const double LongestSeconds = 9e9;

    [EnvironmentParameter("Between two wake-ups.", Unit = "s", Minimum = 1e-9, Maximum = LongestSeconds)]
    public double TickInterval { get; set; } = 1;

    [EnvironmentParameter("From a wake-up to its observation.", Unit = "s", Minimum = 0, Maximum = LongestSeconds)]
    public double ObservationDelay { get; set; }

    [EnvironmentParameter("From a decision to its effect.", Unit = "s", Minimum = 0, Maximum = LongestSeconds)]
    public double ActionDelay { get; set; }

    [EnvironmentParameter("Of every message that it sends.", Unit = "s", Minimum = 0, Maximum = LongestSeconds)]
    public double MessageDelay { get; set; }

    [EnvironmentParameter("How interval and delays vary: not at all, evenly within jitter_ratio, or normally with it as standard deviation.", Choices = ["none", "uniform", "gaussian"])]
    public string Jitter { get; set; } = "none";

    [EnvironmentParameter("Size of the jitter as a share of the interval or delay.", Minimum = 0, Maximum = 1000)]
    public double JitterRatio { get; set; } = 0.1;

    [EnvironmentParameter("Least delay that jitter leaves.", Unit = "s", Minimum = 0, Maximum = LongestSeconds)]
    public double MinDelay { get; set; }

    /// <summary>Puts what was named in place of what an agent has.</summary>
    /// <param name="schedule">The agent's own.</param>
    /// <param name="isNamed">Which of these were named.</param>
    public ScheduleConfig Change(ScheduleConfig schedule, Func<string, bool> isNamed) => schedule with
    {
        TickIntervalSeconds = isNamed("tick_interval") ? TickInterval : schedule.TickIntervalSeconds,
        ObservationDelaySeconds = isNamed("observation_delay") ? ObservationDelay : schedule.ObservationDelaySeconds,
        ActionDelaySeconds = isNamed("action_delay") ? ActionDelay : schedule.ActionDelaySeconds,
        MessageDelaySeconds = isNamed("message_delay") ? MessageDelay : schedule.MessageDelaySeconds,
        Jitter = isNamed("jitter") ? Enum.Parse<JitterKind>(Jitter, ignoreCase: true) : schedule.Jitter,
        JitterRatio = isNamed("jitter_ratio") ? JitterRatio : schedule.JitterRatio,
        MinDelaySeconds = isNamed("min_delay") ? MinDelay : schedule.MinDelaySeconds,
    };
}
