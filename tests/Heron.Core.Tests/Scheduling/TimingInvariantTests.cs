using Heron.Core.Scheduling;

namespace Heron.Core.Tests.Scheduling;

/// <summary>What holds whatever the delays are.</summary>
/// <remarks>Those of the reference's timing invariants that the worked traces do not show already; FEATURES.md of Heron.Core lists all.</remarks>
public sealed class TimingInvariantTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ScheduleConfig Schedule(double tick, double action = 0, double message = 0) => ScheduleConfig.Deterministic(tick, 0, action, message);

    // With effects of 3 s and a tick per second three decisions are under way at a time; each effect answers the oldest.
    [Fact]
    public void RunUntil_SlowEffects_EachAnswersTheOldestObservation()
    {
        EventRig rig = new EventRig(Schedule(25, message: .05)).Field("a", Schedule(1, action: 3, message: .05));
        EventScheduler scheduler = rig.Start(options: new EventOptions { FirstPhysicsSeconds = 20 });

        scheduler.RunUntil(30, cancellationToken: Token);

        int pending = 0;
        foreach (EventInfo happened in rig.Trace.Events.Where(happened => happened.AgentId == "a"))
        {
            pending += happened.Kind switch { EventKind.ObservationReady => 1, EventKind.ActionEffect => -1, _ => 0 };
            Assert.InRange(pending, 0, 4);
        }

        AgentStatistics a = scheduler.Statistics.Of("a");
        Assert.Equal(a.Observations - a.Effects, pending);
        Assert.Equal((3.0, 3.0), (a.MeanStalenessSeconds, a.MaxStalenessSeconds));
    }

    // Ticks 1, 2 and 3 come before the first effect at 4; the state never falls, because every action adds.
    [Fact]
    public void RunUntil_TicksBeforeTheFirstEffect_SeeTheUnchangedState()
    {
        EventRig rig = new EventRig(Schedule(25, message: .05)).Field("a", Schedule(1, action: 3, message: .1));
        var source = new ObservationLog();
        EventScheduler scheduler = rig.Start(source, new EventOptions { FirstPhysicsSeconds = 20 });

        scheduler.RunUntil(12, cancellationToken: Token);

        float[] seen = [.. source.Seen.Select(observation => observation.Own)];
        Assert.Equal([0, 0, 0, 0.1f, 0.2f], seen.Take(5), (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Equal(seen.Order(), seen);
    }

    [Fact]
    public void RunUntil_FastAndSlowAgent_TheFastOneHasMorePairs()
    {
        EventRig rig = new EventRig(Schedule(5)).Field("fast", Schedule(1, action: .1, message: .05)).Field("slow", Schedule(5, action: .1, message: .05));
        EventScheduler scheduler = rig.Start(options: new EventOptions { FirstPhysicsSeconds = 3 });

        scheduler.RunUntil(30, cancellationToken: Token);

        // Physics at 3, 8, .. 28: effects up to 27.1 and 25.1 count.
        Assert.Equal((27, 5), (scheduler.Statistics.Of("fast").Pairs, scheduler.Statistics.Of("slow").Pairs));
    }

    // Ticks 2, 4, .. 100 and effects 2.3, .. 98.3; physics 1.5, 4.5, .. 97.5, before which 48 effects landed.
    [Fact]
    public void RunUntil_LongRun_LosesNothingAndKeepsItsOrder()
    {
        EventRig rig = new EventRig(Schedule(3, message: .1)).Field("a", Schedule(2, action: .3, message: .1));
        EventScheduler scheduler = rig.Start(options: new EventOptions { FirstPhysicsSeconds = 1.5 });

        scheduler.RunUntil(100, cancellationToken: Token);

        Assert.Equal((50, 33), (scheduler.Statistics.Of("a").Observations, scheduler.Statistics.Of("a").Rewards));
        Assert.Equal(48, rig.Trace.Rewards.Sum(reward => reward.Pairs));
        float[] distances = [.. rig.Trace.Rewards.Select(reward => -reward.Reward)];
        Assert.Equal(distances.Order(), distances);
        Assert.Equal(4.9f, rig.X(scheduler, "a"), 1e-4f);
    }

    [Fact]
    public void RunUntil_DisturbanceWithPhysicsAndCondition_ComeInThisOrder()
    {
        EventRig rig = new EventRig(Schedule(100)).Field("a", Schedule(1000));
        var monitor = ConditionMonitor.Threshold("high", "a", (in view) => view.Get(rig["a"].State).X, 0.5, above: true);
        EventScheduler scheduler = rig.Start(options: new EventOptions
        {
            Conditions = [monitor],
            Disturbances = new DisturbanceSchedule([(2.5, EventFlowTests.Shock(1))]),
        });

        scheduler.RunUntil(3, cancellationToken: Token);

        Assert.Equal(
            [EventKind.EnvironmentUpdate, EventKind.Simulation, EventKind.ConditionTrigger],
            rig.Trace.Events.Where(happened => happened.TimeSeconds == 2.5).Select(happened => happened.Kind).Where(kind => kind is not (EventKind.MessageDelivery or EventKind.ObservationReady or EventKind.ActionEffect)));
    }
}
