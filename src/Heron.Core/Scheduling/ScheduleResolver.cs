using Heron.Core.Agents;

namespace Heron.Core.Scheduling;

/// <summary>Settles which schedule each agent follows in a run: its own, that of the options, less what the options leave out.</summary>
internal static class ScheduleResolver
{
    public static void Apply(EventRun run, PhysicsFlow physics, EventOptions options)
    {
        EventPlan plan = run.Plan;
        SystemAgent root = plan.State.Tree.Root;
        if (options.Schedules.Keys.Except(plan.Agents.Select(agent => agent.Id), StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException($"There is a schedule for agent '{unknown}', which {plan.Spec.Id} does not have. Its agents are: {string.Join(", ", plan.Agents.Select(agent => agent.Id))}.", nameof(options));
        }

        if (options.PhysicsIntervalSeconds is double asked)
        {
            // Named here; as a tick interval the message would blame the schedule of the system agent.
            _ = ScheduleConfig.ToInterval(asked, nameof(EventOptions.PhysicsIntervalSeconds));
        }

        double stepSeconds = plan.Pipeline.StepNanoseconds / 1e9;
        foreach (Agent agent in plan.Agents)
        {
            bool isGiven = options.Schedules.TryGetValue(agent.Id, out ScheduleConfig? given);
            ScheduleConfig schedule = given ?? agent.Schedule;
            if (ReferenceEquals(agent, root))
            {
                // The physics integrates over the environment's step, so that is also how often it runs unless somebody says otherwise.
                bool hasSchedule = (isGiven || root.HasOwnSchedule) && options.Timing.HasFlag(EventTiming.TickIntervals);
                double interval = options.PhysicsIntervalSeconds ?? (hasSchedule ? schedule.TickIntervalSeconds : stepSeconds);
                schedule = schedule with { TickIntervalSeconds = interval };
            }
            else if (!options.Timing.HasFlag(EventTiming.TickIntervals))
            {
                // As often as it acts in step mode, and at the same steps.
                schedule = schedule with { TickIntervalSeconds = stepSeconds * agent.StepPeriod };
            }

            run.Delays[agent.Index] = Reduce(schedule, options.Timing);
        }

        physics.First = options.FirstPhysicsSeconds is double first
            ? ScheduleConfig.ToDelay(first, nameof(EventOptions.FirstPhysicsSeconds))
            : run.Delays[root.Index].TickIntervalNanoseconds;
    }

    private static ScheduleConfig Reduce(ScheduleConfig schedule, EventTiming timing) => schedule with
    {
        ObservationDelaySeconds = timing.HasFlag(EventTiming.ObservationDelays) ? schedule.ObservationDelaySeconds : 0,
        ActionDelaySeconds = timing.HasFlag(EventTiming.ActionDelays) ? schedule.ActionDelaySeconds : 0,
        MessageDelaySeconds = timing.HasFlag(EventTiming.MessageDelays) ? schedule.MessageDelaySeconds : 0,
        Jitter = timing.HasFlag(EventTiming.Jitter) ? schedule.Jitter : JitterKind.None,
    };
}
