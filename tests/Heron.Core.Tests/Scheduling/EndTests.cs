using Heron.Core.Environments;
using Heron.Core.Scheduling;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Scheduling;

/// <summary>Why runs end, and what may be done before and after.</summary>
public sealed class EndTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static EventRig Rig(HeronEnvironmentOptions? options = null, float first = float.PositiveInfinity, float second = float.PositiveInfinity, bool truncates = false) =>
        new EventRig(ScheduleConfig.Deterministic(1), options).Field("a", new ScheduleConfig(1), endsAt: first, truncates: truncates).Field("b", new ScheduleConfig(1), endsAt: second);

    [Fact]
    public void RunUntil_EndTime_RunsEventsAtItAndStandsThere()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start();

        EndReason reason = scheduler.RunUntil(4, cancellationToken: Token);
        int events = rig.Trace.Events.Count;
        EndReason again = scheduler.RunUntil(4.5, cancellationToken: Token);

        Assert.Equal((EndReason.TimeLimit, EndReason.TimeLimit), (reason, again));
        Assert.Equal(4, rig.Trace.Events[^1].TimeSeconds);
        Assert.Equal((events, 4.5), (rig.Trace.Events.Count, scheduler.TimeSeconds));
        Assert.True(scheduler.Summarize().IsTruncated);
    }

    [Fact]
    public void RunUntil_InPieces_EqualsOneRun()
    {
        EventRig pieces = Rig(), whole = Rig();
        EventScheduler scheduler = pieces.Start();
        for (double end = 0.3; end < 9; end += 0.7)
        {
            scheduler.RunUntil(end, cancellationToken: Token);
        }

        scheduler.RunUntil(9, cancellationToken: Token);
        whole.Start().RunUntil(9, cancellationToken: Token);

        Assert.Equal(whole.Trace.Lines, pieces.Trace.Lines);
    }

    [Fact]
    public void RunUntil_MaxEvents_StopsAfterThem()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start();

        EndReason reason = scheduler.RunUntil(100, maxEvents: 7, Token);

        Assert.Equal((EndReason.MaxEvents, 7, 7L), (reason, rig.Trace.Events.Count, scheduler.Statistics.Events));
        Assert.False(scheduler.IsOver);
    }

    [Fact]
    public void RunUntil_EnvironmentsTimeLimit_TruncatesTheEpisode()
    {
        EventRig rig = Rig(new HeronEnvironmentOptions { MaxEpisodeSeconds = 10.25 });
        EventScheduler scheduler = rig.Start();

        EndReason reason = scheduler.RunUntil(100, cancellationToken: Token);

        Assert.Equal(EndReason.MaxSimTime, reason);
        Assert.Equal((10.25, 10), (scheduler.TimeSeconds, rig.Trace.Events[^1].TimeSeconds));
        Assert.True(scheduler.Summarize().IsTruncated);
        Assert.False(scheduler.Summarize().IsTerminated);
        Assert.True(scheduler.IsOver);
    }

    // x grows by 0.1 per second: a ends after 2, b after 5.
    [Theory]
    [InlineData(EpisodeEndRule.All, 5)]
    [InlineData(EpisodeEndRule.Any, 2)]
    public void RunUntil_AgentsEnd_TheRunEndsByTheRule(EpisodeEndRule rule, double expectedEnd)
    {
        EventRig rig = Rig(new HeronEnvironmentOptions { EndRule = rule }, first: 0.15f, second: 0.45f);
        EventScheduler scheduler = rig.Start();

        EndReason reason = scheduler.RunUntil(100, cancellationToken: Token);

        Assert.Equal((EndReason.Terminated, expectedEnd), (reason, scheduler.TimeSeconds));
        Assert.True(rig.Trace.Rewards[^1].IsTerminated);
        Assert.True(scheduler.Summarize().IsTerminated);
    }

    [Fact]
    public void RunUntil_AgentEnds_ItStopsActingAndTheOtherGoesOn()
    {
        EventRig rig = Rig(first: 0.15f);
        EventScheduler scheduler = rig.Start();

        EndReason reason = scheduler.RunUntil(20, cancellationToken: Token);

        Assert.Equal(EndReason.TimeLimit, reason);
        Assert.Equal((2, 20), (scheduler.Statistics.Of("a").Effects, scheduler.Statistics.Of("b").Effects));
        Assert.Equal((2, 20), (scheduler.Statistics.Of("a").Rewards, scheduler.Statistics.Of("b").Rewards));
        Assert.Equal(0.2f, rig.X(scheduler, "a"));
        Assert.Equal((2, 20), (scheduler.Statistics.Of("a").Ticks, scheduler.Statistics.Of("b").Ticks));
        Assert.Equal([1, 2], rig.Times(EventKind.AgentTick, "a"));
    }

    // The nudge at 1.5 ends a with the physics of 2; its decision of 1 was to land at 2.5.
    [Fact]
    public void RunUntil_AgentEndsWithADecisionUnderWay_ItDoesNotLand()
    {
        EventRig rig = new EventRig(new ScheduleConfig(1)).Field("a", ScheduleConfig.Deterministic(1, actionDelaySeconds: 1.5), endsAt: .5f).Field("b", new ScheduleConfig(1));
        EventScheduler scheduler = rig.Start();
        scheduler.Raise(Integrators.Integrator.Nudge, "a", new Integrators.Number { X = 1 }, delaySeconds: 1.5);

        scheduler.RunUntil(9, cancellationToken: Token);

        Assert.Equal(1, rig.X(scheduler, "a"));
        Assert.Equal(0, scheduler.Statistics.Of("a").Effects);
        Assert.True(scheduler.Statistics.Of("a").IsTerminated);
    }

    [Fact]
    public void RunUntil_AgentIsCutOff_CountsAsItsEnd()
    {
        EventRig rig = Rig(first: 0.15f, second: 0.25f, truncates: true);
        EventScheduler scheduler = rig.Start();

        EndReason reason = scheduler.RunUntil(20, cancellationToken: Token);

        Assert.Equal(EndReason.Terminated, reason);
        Assert.Equal((true, false), (scheduler.Statistics.Of("a").IsTruncated, scheduler.Statistics.Of("a").IsTerminated));
        Assert.True(scheduler.Statistics.Of("b").IsTerminated);
    }

    [Fact]
    public void RunUntil_NoLimits_GoesOnWithoutFlags()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start();

        scheduler.RunUntil(20, cancellationToken: Token);

        Assert.True(rig.Trace.Events[^1].TimeSeconds >= 15);
        Assert.All(rig.Trace.Rewards, reward => Assert.False(reward.IsTerminated || reward.IsTruncated));
    }

    [Fact]
    public void RunUntil_EverythingCancelled_EndsWithAnEmptyQueue()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start();
        scheduler.CancelAll("system", EventKind.AgentTick);

        Assert.Equal(EndReason.QueueEmpty, scheduler.RunUntil(20, cancellationToken: Token));
        Assert.Equal(0, scheduler.PendingEvents);
    }

    // Four ticks of a are scheduled from outside, two of them cancelled by id.
    [Fact]
    public void CancelAll_OfAnAgent_LeavesOtherAgentsAndKinds()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start();
        EventId[] ids = [.. Enumerable.Range(1, 4).Select(i => scheduler.ScheduleTick("a", 0.1 * i))];
        scheduler.ScheduleTick("b", 0.15);
        scheduler.Cancel(ids[0]);
        scheduler.Cancel(ids[2]);

        int cancelled = scheduler.CancelAll("a", EventKind.AgentTick);
        scheduler.RunUntil(0.9, cancellationToken: Token);

        Assert.Equal(2, cancelled);
        Assert.Equal([0.15], rig.Trace.Events.Where(happened => happened.Kind == EventKind.AgentTick && happened.AgentId != "system").Select(happened => happened.TimeSeconds));
    }

    // A cancelled event in front must not let a later one slip past the end.
    [Fact]
    public void RunUntil_CancelledEventBeforeTheEnd_RunsNothingBeyondIt()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start();
        scheduler.RunUntil(4.9, cancellationToken: Token);
        EventId early = scheduler.ScheduleTick("a", 0.05);

        scheduler.Cancel(early);
        scheduler.RunUntil(4.99, cancellationToken: Token);

        Assert.True(rig.Trace.Events[^1].TimeSeconds <= 4.99);
    }

    [Fact]
    public void ScheduleSimulation_OnRequest_RunsOnceMoreWithoutReward()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start();

        scheduler.ScheduleSimulation(0.5);
        scheduler.RunUntil(1, cancellationToken: Token);

        Assert.Equal([0.5, 1], rig.Times(EventKind.Simulation, "system"));
        Assert.All(rig.Trace.Rewards, reward => Assert.Equal(1, reward.PhysicsSeconds));
    }

    [Fact]
    public void ProcessNext_OneByOne_TellsWhatHappened()
    {
        EventRig rig = Rig(new HeronEnvironmentOptions { MaxEpisodeSeconds = 1.5 });
        EventScheduler scheduler = rig.Start();
        var seen = new List<string>();

        while (scheduler.ProcessNext(out EventInfo happened))
        {
            seen.Add(EventTrace.Line(happened));
        }

        Assert.Equal(rig.Trace.Lines, seen);
        Assert.Equal(EndReason.MaxSimTime, scheduler.LastEndReason);
    }

    [Fact]
    public void RunUntil_BeforeResetOrAfterTheEnd_SaysToReset()
    {
        EventScheduler scheduler = Rig(new HeronEnvironmentOptions { MaxEpisodeSeconds = 2 }).Build().CreateEventScheduler(new EventRig.AlwaysOne());
        var before = Assert.Throws<EpisodeStateException>(() => scheduler.RunUntil(1, cancellationToken: Token));
        scheduler.Reset(0);
        scheduler.RunUntil(5, cancellationToken: Token);

        var after = Assert.Throws<EpisodeStateException>(() => scheduler.RunUntil(6, cancellationToken: Token));
        scheduler.Reset(0);

        Assert.Contains("call Reset first", before.Message);
        Assert.Contains("is over (MaxSimTime); call Reset first", after.Message);
        Assert.Equal(EndReason.TimeLimit, scheduler.RunUntil(1, cancellationToken: Token));
    }

    [Fact]
    public void RunUntil_Past_Throws()
    {
        EventScheduler scheduler = Rig().Start();
        scheduler.RunUntil(3, cancellationToken: Token);

        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.RunUntil(2, cancellationToken: Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.RunUntil(double.NaN, cancellationToken: Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.RunUntil(4, maxEvents: 0, Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.ScheduleTick("a", -1));
    }

    [Fact]
    public void ScheduleTick_UnknownAgent_NamesThoseThereAre()
    {
        EventScheduler scheduler = Rig().Start();

        var error = Assert.Throws<ArgumentException>(() => scheduler.ScheduleTick("z"));

        Assert.Contains("has no agent 'z'", error.Message);
    }

    [Fact]
    public async Task RunUntil_Cancelled_StopsBetweenEventsAndGoesOn()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.Throws<OperationCanceledException>(() => scheduler.RunUntil(5, cancellationToken: stop.Token));

        Assert.Equal(EndReason.TimeLimit, scheduler.RunUntil(5, cancellationToken: Token));
        Assert.Equal([1, 2, 3, 4, 5], rig.Times(EventKind.AgentTick, "a"));
    }

    [Fact]
    public void CreateEventScheduler_EnvironmentWithoutATree_SaysSo()
    {
        EnvironmentFactory factory = Environments.CounterEnvironment.Factory();

        Assert.False(factory.IsEventDriven);
        Assert.Throws<NotSupportedException>(() => factory.CreateEventScheduler(new EventRig.AlwaysOne()));
        Assert.True(Countdown.Factory(("a", 1)).IsEventDriven);
    }
}
