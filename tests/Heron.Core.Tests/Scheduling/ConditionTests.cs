using Heron.Core.Scheduling;

namespace Heron.Core.Tests.Scheduling;

public sealed class ConditionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // a's own clock is slow, so that its ticks are those of the conditions. Shocks without physics are what evaluates them.
    private static EventRig Rig(double tick = 1000) => new EventRig(ScheduleConfig.Deterministic(1000)).Field("a", new ScheduleConfig(tick)).Field("b", new ScheduleConfig(1000));

    private static EventOptions With(EventRig rig, double[] shocksAt, Func<ConditionMonitor, ConditionMonitor>? change = null, bool physics = false)
    {
        var monitor = ConditionMonitor.Threshold("high", "a", (in view) => view.Get(rig["b"].State).X, 0.5, above: true);
        return new EventOptions
        {
            Conditions = [change?.Invoke(monitor) ?? monitor],
            Disturbances = new DisturbanceSchedule(shocksAt.Select(at => (at, EventFlowTests.Shock(1) with { RequiresPhysics = physics }))),
        };
    }

    [Fact]
    public void RunUntil_ConditionHolds_WakesTheAgentOutOfTurn()
    {
        EventRig rig = Rig(tick: 5);
        EventScheduler scheduler = rig.Start(options: With(rig, [2.5]));

        scheduler.RunUntil(11, cancellationToken: Token);

        Assert.Equal(["2.5 EnvironmentUpdate shock", "2.5 ConditionTrigger high", "2.5 ObservationReady a", "2.5 ActionEffect a"], rig.Trace.Lines.Where(line => line.StartsWith("2.5", StringComparison.Ordinal)));
        Assert.Equal([5, 10], rig.Times(EventKind.AgentTick, "a"));
    }

    // Evaluated at 1, 5 and 12: a cooldown of exactly the distance is over.
    [Theory]
    [InlineData(10, new[] { 1.0, 12.0 })]
    [InlineData(0, new[] { 1.0, 5.0, 12.0 })]
    [InlineData(4, new[] { 1.0, 5.0, 12.0 })]
    [InlineData(4.000000001, new[] { 1.0, 12.0 })]
    public void RunUntil_Cooldown_KeepsItQuietThatLong(double cooldown, double[] expected)
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start(options: With(rig, [1, 5, 12], monitor => monitor with { CooldownSeconds = cooldown }));

        scheduler.RunUntil(20, cancellationToken: Token);

        Assert.Equal(expected, rig.Times(EventKind.ConditionTrigger, "a"));
    }

    [Fact]
    public void RunUntil_TwoEvaluationsAtOneInstant_FireTwiceWithoutCooldown()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start(options: With(rig, [1, 1]));

        scheduler.RunUntil(2, cancellationToken: Token);

        Assert.Equal([1, 1], rig.Times(EventKind.ConditionTrigger, "a"));
    }

    [Fact]
    public void RunUntil_OneShot_FiresOncePerEpisode()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start(options: With(rig, [1, 5], monitor => monitor with { OneShot = true }));
        scheduler.RunUntil(9, cancellationToken: Token);

        scheduler.Reset(0);
        scheduler.RunUntil(9, cancellationToken: Token);

        Assert.Equal([1, 1], rig.Times(EventKind.ConditionTrigger, "a"));
    }

    [Fact]
    public void RunUntil_EdgeTriggered_FiresWhenItBeginsToHold()
    {
        EventRig rig = Rig();
        EventOptions options = With(rig, [1, 2, 5], monitor => monitor with { Triggering = ConditionTriggering.Edge });
        EventScheduler scheduler = rig.Start(options: options with
        {
            Disturbances = new DisturbanceSchedule([
                (1, EventFlowTests.Shock(1) with { RequiresPhysics = false }),
                (2, EventFlowTests.Shock(1) with { RequiresPhysics = false }),
                (3, EventFlowTests.Shock(-9) with { RequiresPhysics = false }),
                (5, EventFlowTests.Shock(9) with { RequiresPhysics = false }),
            ]),
        });

        scheduler.RunUntil(9, cancellationToken: Token);

        Assert.Equal([1, 5], rig.Times(EventKind.ConditionTrigger, "a"));
    }

    // Without preemption: 10, 20, ... With: woken at 2.5, next at 12.5.
    [Theory]
    [InlineData(false, new[] { 10.0, 20.0 })]
    [InlineData(true, new[] { 12.5, 22.5 })]
    public void RunUntil_Preemption_ReplacesTheNextTickAndRearmsTheClock(bool preempts, double[] expected)
    {
        EventRig rig = Rig(tick: 10);
        EventScheduler scheduler = rig.Start(options: With(rig, [2.5], monitor => monitor with { PreemptsNextTick = preempts, OneShot = true }));

        scheduler.RunUntil(25, cancellationToken: Token);

        Assert.Equal([2.5], rig.Times(EventKind.ConditionTrigger, "a"));
        Assert.Equal(expected, rig.Times(EventKind.AgentTick, "a"));
    }

    [Fact]
    public void RunUntil_PhysicsByItsClock_EvaluatesConditionsToo()
    {
        EventRig rig = new EventRig(ScheduleConfig.Deterministic(2)).Field("a", new ScheduleConfig(1000)).Field("b", new ScheduleConfig(.1));
        EventScheduler scheduler = rig.Start(options: With(rig, []));

        scheduler.RunUntil(3.9, cancellationToken: Token);

        Assert.Equal([2], rig.Times(EventKind.ConditionTrigger, "a"));
    }

    [Fact]
    public void RunUntil_TenDisturbancesWithCooldown_FiresFewerTimes()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start(options: With(rig, [.. Enumerable.Range(1, 10).Select(i => i * .5)], monitor => monitor with { CooldownSeconds = 1 }, physics: true));

        scheduler.RunUntil(9, cancellationToken: Token);

        Assert.Equal(5, rig.Times(EventKind.ConditionTrigger, "a").Count());
    }

    [Fact]
    public void RunUntil_ThreeMonitors_WakeExactlyTheirAgents()
    {
        EventRig rig = Rig();
        foreach (string id in (string[])["c", "d", "e"])
        {
            rig.Field(id, new ScheduleConfig(1000));
        }

        ConditionMonitor Wake(string id) => ConditionMonitor.Threshold($"wake_{id}", id, (in view) => view.Get(rig["b"].State).X, 0.5, above: true);
        EventScheduler scheduler = rig.Start(options: With(rig, [1]) with { Conditions = [Wake("c"), Wake("d"), Wake("e"), ConditionMonitor.Never("off", "a")] });

        scheduler.RunUntil(5, cancellationToken: Token);

        Assert.Equal(["1 ConditionTrigger wake_c", "1 ConditionTrigger wake_d", "1 ConditionTrigger wake_e"], rig.Trace.LinesOf(EventKind.ConditionTrigger));
    }

    [Theory]
    [InlineData(true, 0.5, false)]
    [InlineData(true, 0.4, true)]
    [InlineData(false, 0.5, false)]
    [InlineData(false, 0.6, true)]
    public void Threshold_AtTheThreshold_IsStrict(bool above, double threshold, bool expected)
    {
        var monitor = ConditionMonitor.Threshold("x", "a", (in _) => 0.5, threshold, above);

        Assert.Equal(expected, monitor.Predicate(default));
    }

    [Fact]
    public void AddCondition_LaterAndRemoved_CountsFromNowOn()
    {
        EventRig rig = Rig();
        EventOptions options = With(rig, [1, 2, 3]);
        EventScheduler scheduler = rig.Start(options: options with { Conditions = [] });
        scheduler.RunUntil(1.5, cancellationToken: Token);

        scheduler.AddCondition(options.Conditions[0]);
        scheduler.RunUntil(2.5, cancellationToken: Token);
        bool removed = scheduler.RemoveCondition("high"), again = scheduler.RemoveCondition("high");
        scheduler.RunUntil(5, cancellationToken: Token);

        Assert.Equal([2], rig.Times(EventKind.ConditionTrigger, "a"));
        Assert.True(removed);
        Assert.False(again);
    }

    [Fact]
    public void RemoveCondition_TriggersUnderWay_KeepTheirNames()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start(options: With(rig, [1]) with
        {
            Conditions = [new ConditionMonitor("first", "a", (in _) => true), new ConditionMonitor("second", "b", (in _) => true)],
        });
        scheduler.RunUntil(1, maxEvents: 2, cancellationToken: Token);

        scheduler.RemoveCondition("first");
        scheduler.RunUntil(2, cancellationToken: Token);

        Assert.Equal(["1 ConditionTrigger first", "1 ConditionTrigger second"], rig.Trace.LinesOf(EventKind.ConditionTrigger));
    }

    [Fact]
    public void WakeOn_UnknownAgent_NamesThoseThereAre()
    {
        EventRig rig = Rig();
        rig.Builder.WakeOn(ConditionMonitor.Never("off", "z"));

        var error = Assert.Throws<ArgumentException>(rig.Build);

        Assert.Contains("wakes agent 'z'", error.Message);
        Assert.Contains("system, a, b", error.Message);
    }

    [Fact]
    public void AddCondition_IdTaken_Throws()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start(options: With(rig, []));

        Assert.Throws<ArgumentException>(() => scheduler.AddCondition(ConditionMonitor.Never("high", "a")));
    }
}
