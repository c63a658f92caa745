using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Core.Scheduling;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Scheduling;

/// <summary>Which schedule counts, and that without any part of it event-driven mode is step mode.</summary>
public sealed class EventOptionsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ScheduleConfig Slow => ScheduleConfig.Deterministic(3, .2, .4, .3).WithJitter();

    [Fact]
    public void RunUntil_NoTimingAtAll_EqualsStepMode()
    {
        const int Steps = 12;
        using var run = new SingleRun(RandomWalk.Factory(3));
        run.Reset(9);
        var stepped = new List<float[]>();
        for (int i = 0; i < Steps; i++)
        {
            run.StepWith(("walker_0", [.5f]), ("walker_1", [.5f]), ("walker_2", [.5f]));
            stepped.Add([.. run.Rewards, .. run.Metrics]);
        }

        EventScheduler scheduler = RandomWalk.Factory(3).CreateEventScheduler(new Half(), new EventOptions { Timing = EventTiming.None });
        scheduler.Reset(9);
        var driven = new List<float[]>();
        for (int i = 1; i <= Steps; i++)
        {
            scheduler.RunUntil(i * .5, cancellationToken: Token);
            driven.Add([.. scheduler.Statistics.Rewards[^3..].ToArray().Select(reward => reward.Reward), .. scheduler.Metrics]);
        }

        Assert.Equal(stepped, driven);
    }

    [Fact]
    public void Timing_OnePartAtATime_IsTheOnlyOneThatCounts()
    {
        ScheduleConfig Resolved(EventTiming timing) => new EventRig().Field("a", Slow).Start(options: new EventOptions { Timing = timing }).GetSchedule("a");
        ScheduleConfig none = new ScheduleConfig(1) with { JitterRatio = .1 };

        Assert.Equal(none, Resolved(EventTiming.None));
        Assert.Equal(none with { TickIntervalSeconds = 3 }, Resolved(EventTiming.TickIntervals));
        Assert.Equal(none with { ObservationDelaySeconds = .2 }, Resolved(EventTiming.ObservationDelays));
        Assert.Equal(none with { ActionDelaySeconds = .4 }, Resolved(EventTiming.ActionDelays));
        Assert.Equal(none with { MessageDelaySeconds = .3 }, Resolved(EventTiming.MessageDelays));
        Assert.Equal(none with { Jitter = JitterKind.Gaussian }, Resolved(EventTiming.Jitter));
        Assert.Equal(Slow, Resolved(EventTiming.All));
    }

    [Fact]
    public void Schedules_ByAgent_ReplaceItsOwn()
    {
        EventRig rig = new EventRig().Field("a", Slow).Field("b", Slow);

        EventScheduler scheduler = rig.Start(options: new EventOptions { Schedules = new Dictionary<string, ScheduleConfig> { ["a"] = new ScheduleConfig(7) } });

        Assert.Equal(new ScheduleConfig(7), scheduler.GetSchedule("a"));
        Assert.Equal(Slow, scheduler.GetSchedule("b"));
    }

    [Fact]
    public void Schedules_UnknownAgent_NamesThoseThereAre()
    {
        EventRig rig = new EventRig().Field("a");

        var error = Assert.Throws<ArgumentException>(() => rig.Start(options: new EventOptions { Schedules = new Dictionary<string, ScheduleConfig> { ["z"] = new ScheduleConfig(7) } }));

        Assert.Contains("agent 'z'", error.Message);
        Assert.Contains("system, a", error.Message);
    }

    // The default of a system agent is 300 s, which would leave short runs without a reward: the step of the environment counts, unless somebody says otherwise.
    [Theory]
    [InlineData(null, null, EventTiming.All, 2)]
    [InlineData(7.0, null, EventTiming.All, 7)]
    [InlineData(7.0, null, EventTiming.TickIntervals, 7)]
    [InlineData(7.0, null, EventTiming.All & ~EventTiming.TickIntervals, 2)]
    [InlineData(7.0, 5.0, EventTiming.All, 5)]
    [InlineData(7.0, 5.0, EventTiming.None, 5)]
    [InlineData(null, 5.0, EventTiming.All, 5)]
    public void PhysicsInterval_OptionThenOwnScheduleIfItCountsThenStep_IsTheInterval(double? own, double? option, EventTiming timing, double expected)
    {
        EventRig rig = new EventRig(own is double seconds ? new ScheduleConfig(seconds) : null, new HeronEnvironmentOptions { StepSeconds = 2 }).Field("a");
        EventScheduler scheduler = rig.Start(options: new EventOptions { PhysicsIntervalSeconds = option, Timing = timing });

        scheduler.RunUntil(22, cancellationToken: Token);

        IEnumerable<double> expectedTimes = Enumerable.Range(1, 22).Select(run => run * expected).TakeWhile(time => time <= 22);
        Assert.Equal(expectedTimes, rig.Times(EventKind.Simulation, "system"));
    }

    [Fact]
    public void PhysicsInterval_BuilderChangesOnlyDelays_IsStillTheStep()
    {
        EventRig rig = new EventRig(options: new HeronEnvironmentOptions { StepSeconds = 2 }).Field("a");
        rig.Builder.Schedule("*", schedule => schedule with { MessageDelaySeconds = 0.5 });
        EventScheduler scheduler = rig.Start();

        scheduler.RunUntil(5, cancellationToken: Token);

        Assert.Equal([2.0, 4.0], rig.Times(EventKind.Simulation, "system"));
        Assert.Equal(0.5, scheduler.GetSchedule("system").MessageDelaySeconds);
    }

    [Fact]
    public void Schedule_NotDeclared_IsThatOfItsLevel()
    {
        Assert.Equal(1, new PlainField("a").Schedule.TickIntervalSeconds);
        Assert.Equal(60, new PlainCoordinator("c").Schedule.TickIntervalSeconds);
        Assert.Equal(300, new PlainSystem().Schedule.TickIntervalSeconds);
    }

    [Fact]
    public void FirstPhysicsSeconds_Negative_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventRig().Field("a").Start(options: new EventOptions { FirstPhysicsSeconds = -1 }));

    [Fact]
    public void PhysicsIntervalSeconds_Zero_IsNamedWithItsValue()
    {
        EventRig rig = new EventRig().Field("a");

        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => rig.Start(options: new EventOptions { PhysicsIntervalSeconds = 0 }));

        Assert.StartsWith("PhysicsIntervalSeconds is 0; ", exception.Message, StringComparison.Ordinal);
    }

    private sealed class Half : IActionSource
    {
        public void Act(in ActionRequest request)
        {
            foreach (int agent in request.Agents)
            {
                request.Continuous(agent).Fill(.5f);
            }
        }
    }
}
