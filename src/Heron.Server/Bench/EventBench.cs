using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Core.Scheduling;

namespace Heron.Server.Bench;

/// <summary>Event-driven runs of an environment in this process, with random actions.</summary>
/// <param name="factory">An environment that runs event-driven.</param>
/// <param name="meter">Measures.</param>
internal sealed class EventBench(EnvironmentFactory factory, RateMeter meter)
{
    private const int EventsPerCall = 1000;

    // A limit that no run comes to, so that the number of events ends each call.
    private const double FarAwaySeconds = 9e9;

    /// <summary>Measures one after the other.</summary>
    public IEnumerable<BenchFigure> Run() =>
        Measure("schedules of the environment", new EventOptions()).Concat(Measure("delays and jitter everywhere", Delayed()));

    private IEnumerable<BenchFigure> Measure(string work, EventOptions options)
    {
        EventScheduler scheduler = factory.CreateEventScheduler(new RandomActions(), options with { RecordHistory = false });
        scheduler.Reset(1);
        BenchFigure events = meter.Measure(BenchAreas.Events, work, "events", EventsPerCall, () =>
        {
            if (scheduler.IsOver)
            {
                scheduler.Reset(1);
            }

            scheduler.RunUntil(FarAwaySeconds, EventsPerCall);
        });
        yield return events;

        // Those of the system agent are runs of the physics.
        EpisodeStatistics statistics = scheduler.Statistics;
        double ticksPerEvent = (double)(statistics.Count(EventKind.AgentTick) - statistics.PhysicsRuns) / statistics.Events;
        yield return events with { Unit = "agent ticks", PerSecond = ticksPerEvent * events.PerSecond, BestPerSecond = ticksPerEvent * events.BestPerSecond };
    }

    // Intervals stay; a tenth of one passes until an agent has observed, another until it acts, and half as much until others know.
    private EventOptions Delayed()
    {
        EventScheduler declared = factory.CreateEventScheduler(new RandomActions());
        return new EventOptions
        {
            Schedules = factory.Spec.Hierarchy.ToDictionary(agent => agent.Id, agent =>
            {
                double tick = declared.GetSchedule(agent.Id).TickIntervalSeconds;
                return ScheduleConfig.Deterministic(tick, 0.1 * tick, 0.1 * tick, 0.05 * tick).WithJitter();
            }),
        };
    }
}
