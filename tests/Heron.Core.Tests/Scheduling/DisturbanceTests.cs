using Heron.Core.Features;
using Heron.Core.Scheduling;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Scheduling;

public sealed class DisturbanceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static EventRig Rig() => new EventRig(ScheduleConfig.Deterministic(5, messageDelaySeconds: .1)).Field("a", ScheduleConfig.Deterministic(5, actionDelaySeconds: 3, messageDelaySeconds: .1));

    private static EventOptions At(params (double, Disturbance)[] scripted) => new() { Disturbances = new DisturbanceSchedule(scripted) };

    // Physics at once, without a reward and without a change to the clock of the physics.
    [Fact]
    public void RunUntil_DisturbanceThatNeedsPhysics_RunsItAtOnceAndRewardsNobody()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start(options: At((2.5, EventFlowTests.Shock(1))));

        scheduler.RunUntil(11, cancellationToken: Token);

        Assert.Equal(["2.5 EnvironmentUpdate shock", "2.5 Simulation system", "2.6 ResultsVisible system"], rig.Trace.Lines.Where(line => line.StartsWith("2.", StringComparison.Ordinal)));
        Assert.Equal([2.5, 5, 10], rig.Times(EventKind.Simulation, "system"));
        Assert.Equal([5, 10], rig.Trace.Rewards.Select(reward => reward.PhysicsSeconds));
        Assert.Equal(-1, rig.Trace.Rewards[0].Reward);
        Assert.Equal((1, 2, 1), (scheduler.Statistics.Disturbances, scheduler.Statistics.PhysicsRuns, scheduler.Statistics.ExtraPhysicsRuns));
        Assert.Equal(2, scheduler.State.Step);
    }

    [Fact]
    public void RunUntil_DeferredDisturbance_WaitsForThePhysicsOfTheClock()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start(options: At((2, EventFlowTests.Shock(1) with { RequiresPhysics = false })));

        scheduler.RunUntil(5, cancellationToken: Token);

        Assert.Equal([5], rig.Times(EventKind.Simulation, "system"));
    }

    // The system agent's message takes 0.1 s; b looks on at 2.05 and 2.15.
    [Fact]
    public void RunUntil_DeferredDisturbance_OthersLearnOfItOneMessageLater()
    {
        EventRig rig = new EventRig(ScheduleConfig.Deterministic(5, messageDelaySeconds: .1)).Field("a", new ScheduleConfig(.05), visibility: Visibility.Public).Field("b", new ScheduleConfig(100), visibility: Visibility.Public);
        var source = new ObservationLog();
        EventScheduler scheduler = rig.Start(source, At((2.01, EventFlowTests.Shock(1) with { RequiresPhysics = false })));

        scheduler.RunUntil(2.2, cancellationToken: Token);

        Assert.Equal([0, 0, 1, 1], source.OfOthers.TakeLast(4).Select(seen => seen.Other));
    }

    // Tick 5, disturbance 6.5, effect 8: the effect adds to what the disturbance left.
    [Fact]
    public void RunUntil_DisturbanceBetweenDecisionAndEffect_BothCount()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start(options: At((6.5, EventFlowTests.Shock(1))));

        scheduler.RunUntil(9, cancellationToken: Token);

        Assert.Equal(1.1f, rig.X(scheduler, "a"));
    }

    // Each disturbance asks for a run of the physics, which waits for the next disturbance of the same instant.
    [Fact]
    public void RunUntil_MoreDisturbancesThanTimeHas_EndsWithoutFillingTheMemory()
    {
        var options = new EventOptions { Disturbances = DisturbanceSchedule.Poisson(1e300, [EventFlowTests.Shock(1)]) };
        EventScheduler scheduler = Rig().Start(options: options);

        Assert.Throws<EventOverflowException>(() => scheduler.RunUntil(1, cancellationToken: Token));
        scheduler.Reset(1, disturbances: DisturbanceSchedule.None);
        EndReason reason = scheduler.RunUntil(20, cancellationToken: Token);

        Assert.Equal(EndReason.TimeLimit, reason);
        Assert.Equal(4, scheduler.Statistics.PhysicsRuns);
    }

    [Fact]
    public void RunUntil_SeveralInAnyOrder_HappenInTheOrderOfTimeThenOfTheList()
    {
        EventRig rig = Rig();
        Disturbance half = EventFlowTests.Shock(.5), minus = EventFlowTests.Shock(-1);
        EventScheduler scheduler = rig.Start(options: At((3, half), (1, minus), (1, half)));
        var seen = new List<float>();
        while (scheduler.TimeSeconds < 3.5 && scheduler.ProcessNext(out EventInfo happened))
        {
            if (happened.Kind == EventKind.EnvironmentUpdate)
            {
                seen.Add(rig.X(scheduler, "a"));
            }
        }

        Assert.Equal([-1, -.5f, 0], seen);
    }

    [Fact]
    public void Reset_WithDisturbances_AreThoseOfThatEpisodeAlone()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start(options: At((1, EventFlowTests.Shock(1)), (2, EventFlowTests.Shock(1))));

        scheduler.Reset(0, disturbances: new DisturbanceSchedule([(1, EventFlowTests.Shock(1))]));
        scheduler.RunUntil(4, cancellationToken: Token);
        long overridden = scheduler.Statistics.Disturbances;
        scheduler.Reset(0, disturbances: DisturbanceSchedule.None);
        scheduler.RunUntil(4, cancellationToken: Token);
        long none = scheduler.Statistics.Disturbances;
        scheduler.Reset(0);
        scheduler.RunUntil(4, cancellationToken: Token);

        Assert.Equal((1, 0, 2), (overridden, none, scheduler.Statistics.Disturbances));
    }

    // Rate 2 per second over 500 s: 1,000 expected, standard deviation 32; half of each type, 16.
    [Fact]
    public void RunUntil_PoissonDisturbances_ComeAtTheirRateAndStopAtTheirEnd()
    {
        EventRig rig = Rig();
        Disturbance up = EventFlowTests.Shock(1) with { RequiresPhysics = false }, down = up with { Payload = new Dictionary<string, double> { ["size"] = -1 } };
        EventScheduler scheduler = rig.Start(options: new EventOptions { Disturbances = DisturbanceSchedule.Poisson(2, [up, down], endSeconds: 500) });

        scheduler.RunUntil(1000, cancellationToken: Token);

        double[] times = [.. rig.Trace.Events.Where(happened => happened.Kind == EventKind.EnvironmentUpdate).Select(happened => happened.TimeSeconds)];
        Assert.InRange(times.Length, 840, 1160);
        Assert.True(times[^1] < 500);
        Assert.InRange(rig.X(scheduler, "a"), -160, 180);
    }

    [Fact]
    public void RunUntil_PoissonDisturbances_FollowTheSeed()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start(options: new EventOptions { Disturbances = DisturbanceSchedule.Poisson(1, [EventFlowTests.Shock(1)]) });
        string[] Play(uint seed)
        {
            rig.Trace.Events.Clear();
            scheduler.Reset(seed);
            scheduler.RunUntil(20, cancellationToken: Token);
            return [.. rig.Trace.LinesOf(EventKind.EnvironmentUpdate)];
        }

        string[] first = Play(3), other = Play(4), again = Play(3);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void RunUntil_TwoRandomProcessesAlike_HappenAtTimesOfTheirOwn()
    {
        EventRig rig = Rig();
        var process = new PoissonDisturbances(1, [EventFlowTests.Shock(1)]);
        EventScheduler scheduler = rig.Start(options: new EventOptions { Disturbances = new DisturbanceSchedule([], [process, process]) });

        scheduler.RunUntil(20, cancellationToken: Token);

        long[] times = [.. rig.Trace.Events.Where(happened => happened.Kind == EventKind.EnvironmentUpdate).Select(happened => happened.TimeNanoseconds)];
        Assert.InRange(times.Length, 10, 80);
        Assert.Equal(times.Distinct(), times);
    }

    // At this rate many waits end in the last half nanosecond, which is rounded to the end.
    [Fact]
    public void RunUntil_PoissonDisturbanceJustBeforeItsEnd_IsNotRoundedToIt()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start(options: new EventOptions { Disturbances = DisturbanceSchedule.Poisson(1e9, [EventFlowTests.Shock(1)], endSeconds: 3e-9) });

        for (uint seed = 0; seed < 50; seed++)
        {
            scheduler.Reset(seed);
            scheduler.RunUntil(1, cancellationToken: Token);
        }

        long[] times = [.. rig.Trace.Events.Where(happened => happened.Kind == EventKind.EnvironmentUpdate).Select(happened => happened.TimeNanoseconds)];
        Assert.Equal(2, times.Max());
    }

    [Fact]
    public void CreateEventScheduler_SystemAgentWithoutHandler_SaysWhatToOverride()
    {
        var factory = Countdown.Factory(("a", 3));

        var error = Assert.Throws<ArgumentException>(() => factory.CreateEventScheduler(new EventRig.AlwaysOne(), At((1, EventFlowTests.Shock(1)))));

        Assert.Contains("'system' does not override ApplyDisturbance", error.Message);
    }

    [Fact]
    public void RunUntil_UnknownType_ReachesTheCaller()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start(options: At((1, new Disturbance("flood"))));

        var error = Assert.Throws<ArgumentException>(() => scheduler.RunUntil(2, cancellationToken: Token));

        Assert.Contains("'flood'", error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Poisson_NoRate_Throws(double rate) => Assert.Throws<ArgumentException>(() => DisturbanceSchedule.Poisson(rate, [EventFlowTests.Shock(1)]));

    [Fact]
    public void Poisson_NoTypes_Throws() => Assert.Throws<ArgumentException>(() => DisturbanceSchedule.Poisson(1, []));

    [Fact]
    public void Constructor_TimeBeforeTheReset_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new DisturbanceSchedule([(-1, EventFlowTests.Shock(1))]));

    [Fact]
    public void Payload_MissingNumber_NamesThoseThereAre()
    {
        var error = Assert.Throws<ArgumentException>(() => EventFlowTests.Shock(1)["drop"]);

        Assert.Contains("'drop'; it has: size", error.Message);
    }
}
