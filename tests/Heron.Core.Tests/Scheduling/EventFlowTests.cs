using Heron.Core.Features;
using Heron.Core.Policies;
using Heron.Core.Scheduling;

namespace Heron.Core.Tests.Scheduling;

/// <summary>From tick to reward for agents with a clock of their own. The traces are worked out by hand from the rules of the model.</summary>
public sealed class EventFlowTests
{
    private static ScheduleConfig Schedule(double tick, double observation = 0, double action = 0, double message = 0) =>
        ScheduleConfig.Deterministic(tick, observation, action, message);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Tick 2, effect 0.2 later, seen by others 0.1 after that; physics at 3, 8, 13; told 0.1 later, stored 0.1 after that.
    [Fact]
    public void RunUntil_OnePeriodicAgent_FollowsTheWorkedTrace()
    {
        EventRig rig = new EventRig(Schedule(5, message: 0.1)).Field("a", Schedule(2, action: 0.2, message: 0.1));
        EventScheduler scheduler = rig.Start(options: new EventOptions { FirstPhysicsSeconds = 3 });

        scheduler.RunUntil(8.2, cancellationToken: Token);

        Assert.Equal(
            [
                "0 AgentTick system",
                "2 AgentTick a", "2 ObservationReady a", "2.2 ActionEffect a", "2.3 StateVisible a",
                "3 Simulation system", "3 AgentTick system", "3.1 ResultsVisible system", "3.1 PhysicsCompleted a", "3.2 TickResult a",
                "4 AgentTick a", "4 ObservationReady a", "4.2 ActionEffect a", "4.3 StateVisible a",
                "6 AgentTick a", "6 ObservationReady a", "6.2 ActionEffect a", "6.3 StateVisible a",
                "8 AgentTick a", "8 ObservationReady a", "8 Simulation system", "8 AgentTick system",
                "8.1 ResultsVisible system", "8.1 PhysicsCompleted a", "8.2 ActionEffect a", "8.2 TickResult a",
            ],
            rig.Trace.Lines);
        Assert.Equal([new RewardRecord(0, 3.2, 3, -0.1f, 1, false, false), new RewardRecord(0, 8.2, 8, -0.3f, 2, false, false)], rig.Trace.Rewards, Near);
    }

    // Everything at one instant: tick, decision, effect, then physics. Nothing is lost.
    [Fact]
    public void RunUntil_NoDelayAnywhere_CountsTheEffectBeforeThePhysics()
    {
        EventRig rig = new EventRig(Schedule(1)).Field("a", Schedule(1));
        EventScheduler scheduler = rig.Start();

        scheduler.RunUntil(1, cancellationToken: Token);

        Assert.Equal(["1 AgentTick a", "1 ObservationReady a", "1 ActionEffect a", "1 Simulation system", "1 AgentTick system", "1 PhysicsCompleted a", "1 TickResult a"], rig.Trace.Lines.Skip(1));
        Assert.Equal([new RewardRecord(0, 1, 1, -0.1f, 1, false, false)], rig.Trace.Rewards, Near);
    }

    [Fact]
    public void RunUntil_MessagesTakeTime_ThePhysicsKeepsItsClock()
    {
        EventRig rig = new EventRig(Schedule(2, message: 1.9)).Field("a", Schedule(1, message: 0.7));
        EventScheduler scheduler = rig.Start(options: new EventOptions { FirstPhysicsSeconds = 0.5 });

        scheduler.RunUntil(9, cancellationToken: Token);

        Assert.Equal([0.5, 2.5, 4.5, 6.5, 8.5], rig.Times(EventKind.Simulation, "system"));
    }

    [Theory]
    [InlineData(1, .2, .1, 8, 10, 15, 1, int.MaxValue)]
    [InlineData(5, 5, .1, .5, 5, 20, 0, 0)]
    [InlineData(1, .1, .05, 4, 5, 20, 2, int.MaxValue)]
    [InlineData(10, .2, .1, .01, 10, 30, 0, 0)]
    [InlineData(1, .2, .1, 8, 2, 15, 1, int.MaxValue)]
    public void RunUntil_PhysicsBeforeOrAfterEffects_FirstRewardHasThePairsThatLanded(double tick, double action, double message, double first, double physics, double end, int least, int most)
    {
        EventRig rig = new EventRig(Schedule(physics, message: message)).Field("a", Schedule(tick, action: action, message: message));
        EventScheduler scheduler = rig.Start(options: new EventOptions { FirstPhysicsSeconds = first });

        scheduler.RunUntil(end, cancellationToken: Token);

        Assert.InRange(rig.Trace.Rewards[0].Pairs, least, most);
        int landedBefore = rig.Times(EventKind.ActionEffect, "a").Count(time => time <= first);
        Assert.Equal(landedBefore, rig.Trace.Rewards[0].Pairs);
    }

    // Physics five times between two decisions: pairs go to the run after their effect, and the other runs have none.
    [Fact]
    public void RunUntil_FastPhysics_EachPairIsCountedOnce()
    {
        EventRig rig = new EventRig(Schedule(2, message: .1)).Field("a", Schedule(10, action: .2, message: .1));
        EventScheduler scheduler = rig.Start(options: new EventOptions { FirstPhysicsSeconds = 1 });

        scheduler.RunUntil(60, cancellationToken: Token);

        Assert.Equal(5, rig.Trace.Rewards.Sum(reward => reward.Pairs));
        Assert.All(rig.Trace.Rewards, reward => Assert.InRange(reward.Pairs, 0, 1));
        Assert.Equal(rig.Trace.Rewards.Select(reward => reward.TimeSeconds).Order(), rig.Trace.Rewards.Select(reward => reward.TimeSeconds));
    }

    // An observation of the agent's own state is never older than its last effect, however many are under way.
    [Theory]
    [InlineData(3)]
    [InlineData(3.4)]
    public void RunUntil_SeveralEffectsUnderWay_NoneIsLost(double actionDelay)
    {
        EventRig rig = new EventRig(Schedule(25, message: .1)).Field("a", Schedule(1, action: actionDelay, message: .05));
        EventScheduler scheduler = rig.Start(options: new EventOptions { FirstPhysicsSeconds = 14.7 });

        scheduler.RunUntil(14.9, cancellationToken: Token);

        RewardRecord first = rig.Trace.Rewards[0];
        Assert.Equal(11, first.Pairs);
        Assert.Equal(-1.1f, first.Reward, 1e-5f);
        Assert.Equal(14, scheduler.Statistics.Of("a").Decisions);
    }

    // Decision n, made at n + 0.25 on what there was at n, says n tenths and lands at n + 3.25; three or four are under way at a time.
    [Fact]
    public void RunUntil_SeveralEffectsUnderWay_EachHasItsOwnObservationAndAction()
    {
        EventRig rig = new EventRig(Schedule(25)).Field("a", Schedule(1, observation: .25, action: 3));
        EventScheduler scheduler = rig.Start(new Growing());

        scheduler.RunUntil(9.5, cancellationToken: Token);

        float[] seen = [0, 0, 0, 0, .01f, .03f];
        for (int n = 1; n <= 6; n++)
        {
            (float[] observation, float[] action, double observedAt, double decidedAt, double time) = rig.Trace.Decisions[n - 1];
            Assert.Equal(seen[n - 1], observation[0], 1e-6f);
            Assert.Equal(n / 10f, action[0]);
            Assert.Equal((n, n + .25, n + 3.25), (observedAt, decidedAt, time));
        }

        Assert.Equal(6, rig.Trace.Decisions.Count);
        Assert.Equal(.21f, rig.X(scheduler, "a"), 1e-6f);
    }

    [Fact]
    public void RunUntil_FastAndSlowAgent_TheFastOneTicksMore()
    {
        EventRig rig = new EventRig(Schedule(5)).Field("fast", Schedule(1, action: .1, message: .05)).Field("slow", Schedule(5, action: .1, message: .05));
        EventScheduler scheduler = rig.Start();

        scheduler.RunUntil(30, cancellationToken: Token);

        Assert.Equal(30, scheduler.Statistics.Of("fast").Ticks);
        Assert.Equal(6, scheduler.Statistics.Of("slow").Ticks);
    }

    [Fact]
    public void RunUntil_LateNotification_RewardIsThatOfTheRun()
    {
        EventRig rig = new EventRig(Schedule(5, message: 1.5)).Field("a", Schedule(1, action: .1, message: .1));
        EventScheduler scheduler = rig.Start();

        scheduler.RunUntil(7, cancellationToken: Token);

        // Effects at 1.1, 2.1, 3.1, 4.1; the fifth lands before the reward is told, and after the run that it is about.
        Assert.Equal(new RewardRecord(0, 6.6, 5, -0.4f, 4, false, false), rig.Trace.Rewards[0], Near);
    }

    [Theory]
    [InlineData(ObservationSampling.Request, 0.5)]
    [InlineData(ObservationSampling.Delivery, 0.0)]
    public void RunUntil_ObservationDelay_ShowsTheStateOfTheSampledMoment(ObservationSampling sampling, double expectedAge)
    {
        EventRig rig = new EventRig(Schedule(100)).Field("a", Schedule(10, observation: .5, action: .25));
        var source = new ObservationLog();
        EventScheduler scheduler = rig.Start(source, new EventOptions { Sampling = sampling });

        // A nudge between request and delivery tells the two apart.
        scheduler.Raise(Integrators.Integrator.Nudge, "a", new Integrators.Number { X = 5 }, delaySeconds: 10.2);
        scheduler.RunUntil(12, cancellationToken: Token);

        Assert.Equal([(10.5, 10.5 - expectedAge, sampling == ObservationSampling.Request ? 0f : 5f)], source.Seen);
        Assert.Equal(expectedAge + .25, scheduler.Statistics.Of("a").MeanStalenessSeconds, 1e-9);
        Assert.Equal(expectedAge + .25, scheduler.Statistics.Of("a").MaxStalenessSeconds, 1e-9);
    }

    // b's effect lands at 1.0 and is told at 1.4; a looks at 1.1, 1.2, ... Its own effect at 1.15 it knows at once.
    [Fact]
    public void RunUntil_MessageDelay_HidesAnEffectFromOthersOnly()
    {
        EventRig rig = new EventRig(Schedule(100)).Field("a", Schedule(.1), visibility: Visibility.Public).Field("b", Schedule(1, message: .4), visibility: Visibility.Public);
        var source = new ObservationLog();
        EventScheduler scheduler = rig.Start(source, new EventOptions { Conditions = [] });

        scheduler.RunUntil(1.5, cancellationToken: Token);

        Assert.Equal(0.1f, rig.X(scheduler, "b"));
        Assert.Equal(
            [(1.1, 0f), (1.2, 0f), (1.3, 0f), (1.4, 0f), (1.5, 0.1f)],
            source.OfOthers.Where(seen => seen.Time > 1.05).Select(seen => (Math.Round(seen.Time, 9), seen.Other)));
        Assert.Equal([(1, 0f)], source.SeenByB.Select(seen => ((int)seen.Time, seen.Own)));
    }

    // The state told at 1.4 is from before the physics of 1.2, whose results came at 1.25: the older news changes nothing.
    [Fact]
    public void RunUntil_OldNewsAfterNew_DoesNotReplaceIt()
    {
        EventRig rig = new EventRig(Schedule(1.2, message: .05)).Field("a", Schedule(.3), visibility: Visibility.Public).Field("b", Schedule(1, message: .4), visibility: Visibility.Public);
        var source = new ObservationLog();
        EventScheduler scheduler = rig.Start(source, new EventOptions { Disturbances = new DisturbanceSchedule([(1.1, Shock(3) with { RequiresPhysics = false })]) });

        scheduler.RunUntil(1.5, cancellationToken: Token);

        Assert.Equal(3.1f, source.OfOthers.Single(seen => Math.Abs(seen.Time - 1.5) < 1e-9).Other, 1e-5f);
    }

    // The results of the physics at 1 are told at 1.5; b's effect at 1.2 is known at once, so that they are old news about b.
    [Fact]
    public void RunUntil_ResultsAfterANewerState_DoNotReplaceIt()
    {
        EventRig rig = new EventRig(Schedule(1, message: .5)).Field("a", Schedule(.4), visibility: Visibility.Public).Field("b", Schedule(1.2), visibility: Visibility.Public);
        var source = new ObservationLog();
        EventScheduler scheduler = rig.Start(source);

        scheduler.RunUntil(1.6, cancellationToken: Token);

        Assert.Equal(0.1f, source.OfOthers.Single(seen => Math.Abs(seen.Time - 1.6) < 1e-9).Other);
    }

    [Fact]
    public void RunUntil_AgentsDueAtOneInstant_AreAskedTogether()
    {
        EventRig rig = new EventRig(Schedule(10)).Field("a", Schedule(1)).Field("b", Schedule(1)).Field("c", Schedule(2, observation: .5, message: .5)).Field("d", Schedule(2.5, message: .5));
        var source = new Integrators.Constant(("a", 1), ("b", 1), ("c", 1), ("d", 1));
        EventScheduler scheduler = rig.Start(source);

        scheduler.RunUntil(2.5, cancellationToken: Token);

        Assert.Equal([(1, "a b"), (2, "a b"), (2.5, "d"), (2.5, "c")], source.Requests.Select(request => (request.Time, string.Join(" ", request.Agents))));
    }

    [Fact]
    public void RunUntil_SourceDeclines_NothingTakesEffect()
    {
        EventRig rig = new EventRig(Schedule(5)).Field("a", Schedule(1)).Field("b", Schedule(1));
        EventScheduler scheduler = rig.Start(new Integrators.Constant(("a", 1)));

        scheduler.RunUntil(5, cancellationToken: Token);

        Assert.Equal((5, 0), (scheduler.Statistics.Of("a").Effects, scheduler.Statistics.Of("b").Effects));
        Assert.Equal(5, scheduler.Statistics.Of("b").Observations);
        Assert.Equal([5, 0], rig.Trace.Rewards.Select(reward => reward.Pairs));
    }

    [Fact]
    public void RunUntil_SourceGivesNoNumber_NamesTheAgent()
    {
        EventRig rig = new EventRig(Schedule(5)).Field("a", Schedule(1));
        EventScheduler scheduler = rig.Start(new Integrators.Constant(("a", float.NaN)));

        var error = Assert.Throws<ArgumentException>(() => scheduler.RunUntil(5, cancellationToken: Token));

        Assert.Contains("agent 'a'", error.Message);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(.001, .001)]
    [InlineData(10, .1)]
    [InlineData(.1, 10)]
    public void RunUntil_ExtremeDelays_Completes(double action, double first)
    {
        EventRig rig = new EventRig(Schedule(3)).Field("a", Schedule(1, action: action));
        EventScheduler scheduler = rig.Start(options: new EventOptions { FirstPhysicsSeconds = first });

        Assert.Equal(EndReason.TimeLimit, scheduler.RunUntil(40, cancellationToken: Token));
        Assert.True(scheduler.Statistics.PhysicsRuns > 0);
    }

    [Fact]
    public void RunUntil_SystemAgent_PreparesEachRunAndTheBridgeKnowsItsStart()
    {
        EventRig rig = new EventRig(Schedule(2)).Field("a", Schedule(1));
        EventScheduler scheduler = rig.Start();

        scheduler.RunUntil(6.5, cancellationToken: Token);

        Integrators.Runs runs = scheduler.State.Get(rig.World.State);
        Assert.Equal((3, 4), (runs.Count, runs.Preparations));
        Assert.Equal(5, runs.LastStartSeconds);
        Assert.Equal(3, scheduler.State.Step);
    }

    internal static Disturbance Shock(double size) => new("shock") { Payload = new Dictionary<string, double> { ["size"] = size } };

    private static bool Near(RewardRecord expected, RewardRecord actual) =>
        expected with { Reward = 0 } == actual with { Reward = 0 } && MathF.Abs(expected.Reward - actual.Reward) < 1e-5f;

    /// <summary>Says a tenth of the number of the request.</summary>
    private sealed class Growing : IActionSource
    {
        public void Act(in ActionRequest request) => request.Continuous(request.Agents[0])[0] = request.Number / 10f;
    }
}
