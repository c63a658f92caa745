using Heron.Core.Protocols;
using Heron.Core.Scheduling;

namespace Heron.Core.Tests.Scheduling;

public sealed class EpisodeSummaryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // By hand: ticks 2, 4, .. 12; effects 0.2 later, seen by others 0.1 after; physics at 3 and 8; told 0.1 later, stored 0.1 after that.
    [Fact]
    public void Summarize_WorkedTrace_HasItsCounts()
    {
        EventRig rig = new EventRig(ScheduleConfig.Deterministic(5, messageDelaySeconds: .1)).Field("a", ScheduleConfig.Deterministic(2, 0, .2, .1));
        EventScheduler scheduler = rig.Start(options: new EventOptions { FirstPhysicsSeconds = 3 });

        scheduler.RunUntil(12, cancellationToken: Token);
        EpisodeSummary summary = scheduler.Summarize();

        Assert.Equal(rig.Trace.Events.Count, summary.Events);
        Assert.Equal(
            new Dictionary<EventKind, long>
            {
                [EventKind.AgentTick] = 6 + 3,
                [EventKind.ActionEffect] = 5,
                [EventKind.Simulation] = 2,
                [EventKind.MessageDelivery] = 5 + (2 * 3),
                [EventKind.ObservationReady] = 6,
            },
            summary.EventsByKind);
        Assert.Equal(
            new Dictionary<DeliveryKind, long>
            {
                [DeliveryKind.StateVisible] = 5,
                [DeliveryKind.ResultsVisible] = 2,
                [DeliveryKind.PhysicsCompleted] = 2,
                [DeliveryKind.TickResult] = 2,
            },
            summary.MessagesByKind);
        Assert.Equal((6, 5, 7, 2, 0, 0, 0), (summary.Observations, summary.Effects, summary.StateUpdates, summary.PhysicsRuns, summary.ExtraPhysicsRuns, summary.Disturbances, summary.CustomEvents));
        AgentStatistics a = Assert.Single(summary.Agents);
        Assert.Equal(("a", 6L, 6L, 6L, 5L, 2L, 3L), (a.AgentId, a.Ticks, a.Observations, a.Decisions, a.Effects, a.Rewards, a.Pairs));
        Assert.Equal(-0.4, a.Return, 1e-6);
        Assert.Equal((0.2, 0.2), (a.MeanStalenessSeconds, a.MaxStalenessSeconds));
        Assert.Equal((EndReason.TimeLimit, 12.0), (summary.EndReason, summary.EndSeconds));
    }

    [Fact]
    public void Rewards_HistoryOnOrOff_AreListedOrOnlySummed()
    {
        ScheduleConfig schedule = ScheduleConfig.Deterministic(1);
        EventScheduler With(bool history)
        {
            EventScheduler scheduler = new EventRig(schedule).Field("a", schedule).Start(options: new EventOptions { RecordHistory = history });
            scheduler.RunUntil(3, cancellationToken: Token);
            return scheduler;
        }

        Assert.Equal([-.1f, -.2f, -.3f], With(history: true).Statistics.Rewards.ToArray().Select(reward => reward.Reward), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(0, With(history: false).Statistics.Rewards.Length);
        Assert.Equal(-.6, With(history: false).Statistics.Of("a").Return, 1e-6);
    }

    [Fact]
    public void Of_UnknownAgent_NamesThoseThereAre()
    {
        EventScheduler scheduler = new EventRig().Field("a").Start();

        Assert.Contains("system, a", Assert.Throws<ArgumentException>(() => scheduler.Statistics.Of("z")).Message);
    }

    [Fact]
    public void Summarize_HealthyRun_HasNoDiagnostics()
    {
        EventScheduler scheduler = new EventRig(ScheduleConfig.Deterministic(1)).Field("a", ScheduleConfig.Deterministic(1)).Start();

        scheduler.RunUntil(5, cancellationToken: Token);

        Assert.Empty(scheduler.Summarize().Diagnostics);
    }

    [Fact]
    public void Summarize_RunThatIsTooShort_SaysThatThePhysicsNeverRan()
    {
        EventScheduler scheduler = new EventRig(new ScheduleConfig(300)).Field("a", new ScheduleConfig(1)).Start();

        scheduler.RunUntil(100, cancellationToken: Token);

        Diagnostic found = Assert.Single(scheduler.Summarize().Diagnostics);
        Assert.Equal(DiagnosticKind.PhysicsNeverRan, found.Kind);
        Assert.Contains("runs every 300 s, and the run ended at 100 s", found.Message);
    }

    [Fact]
    public void Summarize_SlowMessages_SaysThatRewardsOverlap()
    {
        EventScheduler scheduler = new EventRig(ScheduleConfig.Deterministic(1, messageDelaySeconds: .2)).Field("a", new ScheduleConfig(1)).Start();

        scheduler.RunUntil(5, cancellationToken: Token);

        Assert.Equal([DiagnosticKind.OverlappingRewards], scheduler.Summarize().Diagnostics.Select(found => found.Kind));
    }

    [Fact]
    public void Summarize_AgentLeftOut_NamesIt()
    {
        EventRig rig = new EventRig(ScheduleConfig.Deterministic(1)).Field("a", new ScheduleConfig(1)).Field("slow", new ScheduleConfig(60)).Field("late", ScheduleConfig.Deterministic(1, messageDelaySeconds: 50));
        EventScheduler scheduler = rig.Start();

        scheduler.RunUntil(5, cancellationToken: Token);

        Assert.Equal(
            [(DiagnosticKind.OverlappingRewards, null), (DiagnosticKind.NoDecision, "slow"), (DiagnosticKind.NoReward, "late")],
            scheduler.Summarize().Diagnostics.Select(found => (found.Kind, found.AgentId)));
    }

    [Fact]
    public void Summarize_CoordinatorThatDeclines_SaysThatItNeverCoordinated()
    {
        EventRig rig = new EventRig(ScheduleConfig.Deterministic(1)).Lead("c", new ScheduleConfig(1), new Protocol(action: new VectorDecomposition())).Field("d0", parent: "c");
        EventScheduler scheduler = rig.Start(new Integrators.Constant());

        scheduler.RunUntil(5, cancellationToken: Token);

        Assert.Contains((DiagnosticKind.NeverCoordinates, "c"), scheduler.Summarize().Diagnostics.Select(found => (found.Kind, found.AgentId)));
    }

    // Rewards every half second, under way for 0 to 4 s: others are stored after the one that ends a's episode.
    [Fact]
    public void Of_RewardThatEndsIsOvertaken_StillCountsAsTheEnd()
    {
        ScheduleConfig slow = ScheduleConfig.Deterministic(1, messageDelaySeconds: 2).WithJitter(JitterKind.Uniform, 1);
        EventRig rig = new EventRig(new ScheduleConfig(.5)).Field("a", slow, endsAt: .25f).Field("b", new ScheduleConfig(1));
        EventScheduler scheduler = rig.Start(seed: 2);

        scheduler.RunUntil(20, cancellationToken: Token);

        Assert.False(rig.Trace.Rewards.Last(reward => reward.Agent == 0).IsTerminated);
        Assert.True(scheduler.Statistics.Of("a").IsTerminated);
    }
}
