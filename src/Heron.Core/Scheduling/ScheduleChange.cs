using System.IO.Enumeration;
using Heron.Core.Environments;

namespace Heron.Core.Scheduling;

/// <summary>Changes some durations in the schedules of some agents for one run; what is null stays as the agent, or the options of the run, have it.</summary>
/// <remarks>Applied after <see cref="EventOptions.Timing"/>, so that a run can leave everything out and bring in one delay of its own choice.</remarks>
/// <param name="Agents">Whose: an id, or a pattern with <c>*</c> and <c>?</c>; default all agents.</param>
public sealed record ScheduleChange(string Agents = "*")
{
    /// <summary>Simulated seconds between two wake-ups, more than 0. Not for the system agent, whose interval is that of the physics (<see cref="EventOptions.PhysicsIntervalSeconds"/>).</summary>
    public double? TickIntervalSeconds { get; init; }

    /// <summary>Simulated seconds from a wake-up to its observation, 0 or more.</summary>
    public double? ObservationDelaySeconds { get; init; }

    /// <summary>Simulated seconds from a decision to its effect, 0 or more.</summary>
    public double? ActionDelaySeconds { get; init; }

    /// <summary>Simulated seconds that any message is under way, 0 or more.</summary>
    public double? MessageDelaySeconds { get; init; }

    /// <summary>Least simulated seconds of a delay with jitter, 0 or more.</summary>
    public double? MinDelaySeconds { get; init; }

    /// <summary>How the durations vary.</summary>
    public JitterKind? Jitter { get; init; }

    /// <summary>Size of the jitter as a share of the base value, 0 or more.</summary>
    public double? JitterRatio { get; init; }

    /// <summary>What of this change concerns some parts of a schedule; the rest stays as it is.</summary>
    /// <param name="parts">The parts. The least delay belongs to jitter.</param>
    public ScheduleChange Only(EventTiming parts) => new(Agents)
    {
        TickIntervalSeconds = parts.HasFlag(EventTiming.TickIntervals) ? TickIntervalSeconds : null,
        ObservationDelaySeconds = parts.HasFlag(EventTiming.ObservationDelays) ? ObservationDelaySeconds : null,
        ActionDelaySeconds = parts.HasFlag(EventTiming.ActionDelays) ? ActionDelaySeconds : null,
        MessageDelaySeconds = parts.HasFlag(EventTiming.MessageDelays) ? MessageDelaySeconds : null,
        MinDelaySeconds = parts.HasFlag(EventTiming.Jitter) ? MinDelaySeconds : null,
        Jitter = parts.HasFlag(EventTiming.Jitter) ? Jitter : null,
        JitterRatio = parts.HasFlag(EventTiming.Jitter) ? JitterRatio : null,
    };

    /// <summary>Changes the schedules; before the reset that starts an episode.</summary>
    /// <param name="scheduler">The copy that is to run so.</param>
    /// <exception cref="ArgumentException">The pattern names no agent, or a number is out of range; the message names it.</exception>
    public void ApplyTo(EventScheduler scheduler)
    {
        HierarchyNode[] named = [.. scheduler.Spec.Hierarchy.Where(node => Agents == node.Id || FileSystemName.MatchesSimpleExpression(Agents, node.Id, ignoreCase: false))];
        if (named.Length == 0)
        {
            throw new ArgumentException($"No agent of {scheduler.Spec.Id} is named '{Agents}'. Its agents are: {string.Join(", ", scheduler.Spec.Hierarchy.Select(node => node.Id))}.", nameof(scheduler));
        }

        foreach (HierarchyNode node in named)
        {
            scheduler.SetSchedule(node.Id, Change(scheduler.GetSchedule(node.Id), isSystem: node.ParentId is null));
        }
    }

    private ScheduleConfig Change(ScheduleConfig schedule, bool isSystem) => schedule with
    {
        TickIntervalSeconds = isSystem ? schedule.TickIntervalSeconds : TickIntervalSeconds ?? schedule.TickIntervalSeconds,
        ObservationDelaySeconds = ObservationDelaySeconds ?? schedule.ObservationDelaySeconds,
        ActionDelaySeconds = ActionDelaySeconds ?? schedule.ActionDelaySeconds,
        MessageDelaySeconds = MessageDelaySeconds ?? schedule.MessageDelaySeconds,
        MinDelaySeconds = MinDelaySeconds ?? schedule.MinDelaySeconds,
        Jitter = Jitter ?? schedule.Jitter,
        JitterRatio = JitterRatio ?? schedule.JitterRatio,
    };
}
