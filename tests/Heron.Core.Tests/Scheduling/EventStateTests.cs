using FsCheck;
using FsCheck.Fluent;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Policies;
using Heron.Core.Protocols;
using Heron.Core.Scheduling;

namespace Heron.Core.Tests.Scheduling;

/// <summary>The same seed gives the same events, and a restored run goes on event for event.</summary>
public sealed class EventStateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Everything at once: teams, delays, jitter, public features, disturbances, conditions, custom events and random actions.</summary>
    private static EventRig Everything(HeronEnvironmentOptions? options = null)
    {
        ScheduleConfig Jittered(double tick) => ScheduleConfig.Deterministic(tick, .15, .3, .2).WithJitter();
        EventRig rig = new EventRig(ScheduleConfig.Deterministic(2, messageDelaySeconds: .4).WithJitter() with { TickIntervalSeconds = 2 }, options)
            .Lead("c", Jittered(1.5), new Protocol(action: new VectorDecomposition()))
            .Field("d0", Jittered(1), parent: "c", visibility: Visibility.UpperLevel | Visibility.Owner)
            .Field("d1", Jittered(1), parent: "c", visibility: Visibility.UpperLevel | Visibility.Owner)
            .Field("a", Jittered(.7), visibility: Visibility.Public)
            .Field("b", Jittered(1.1), visibility: Visibility.Public, endsAt: 40);
        rig["a"].PassesOnTo = (rig["b"], .9);
        rig.Builder
            .WakeOn(ConditionMonitor.Threshold("high", "a", (in view) => view.Get(rig["b"].State).X, .5, above: true) with { CooldownSeconds = 3, PreemptsNextTick = true })
            .DisturbWith(new DisturbanceSchedule([(4, EventFlowTests.Shock(.5))], [new PoissonDisturbances(.3, [EventFlowTests.Shock(.1), EventFlowTests.Shock(-.2)])]));
        return rig;
    }

    private static (EventScheduler Scheduler, EventTrace Trace) Start(HeronEnvironmentOptions? options = null, uint seed = 5)
    {
        EventRig rig = Everything(options);
        return (rig.Start(new RandomActions(), seed: seed), rig.Trace);
    }

    private static string[] Full(EventTrace trace) => [.. trace.Events.Select(happened => happened.ToString()), .. trace.Rewards.Select(reward => reward.ToString())];

    [Fact]
    public void Reset_SameSeed_RepeatsEveryEvent()
    {
        (EventScheduler first, EventTrace expected) = Start();
        (EventScheduler second, EventTrace actual) = Start(seed: 1);
        first.RunUntil(30, cancellationToken: Token);
        second.RunUntil(17, cancellationToken: Token);
        actual.Events.Clear();
        actual.Rewards.Clear();

        second.Reset(5);
        second.RunUntil(30, cancellationToken: Token);

        Assert.Equal(Full(expected), Full(actual));
        Assert.Contains(expected.Events, happened => happened.Kind == EventKind.Custom);
        Assert.Contains(expected.Events, happened => happened.Kind == EventKind.ConditionTrigger);
        Assert.Contains(expected.Events, happened => happened.Kind == EventKind.EnvironmentUpdate);
    }

    [Fact]
    public void Reset_OtherSeed_GivesOtherEvents()
    {
        (EventScheduler first, EventTrace one) = Start(seed: 5);
        (EventScheduler second, EventTrace other) = Start(seed: 6);

        first.RunUntil(10, cancellationToken: Token);
        second.RunUntil(10, cancellationToken: Token);

        Assert.NotEqual(Full(one), Full(other));
    }

    // After any number of events, also in the middle of an instant.
    [Fact]
    public void LoadState_AfterAnyEvent_GoesOnEventForEvent() =>
        Prop.ForAll(Gen.Choose(1, 600).ToArbitrary(), events =>
        {
            (EventScheduler original, EventTrace expected) = Start();
            (EventScheduler copy, EventTrace actual) = Start(seed: 99);
            original.RunUntil(30, events);
            copy.RunUntil(3);
            byte[] state = new byte[original.StateByteCount];
            original.SaveState(state);
            expected.Events.Clear();
            expected.Rewards.Clear();
            actual.Events.Clear();
            actual.Rewards.Clear();

            copy.LoadState(state);
            byte[] again = new byte[copy.StateByteCount];
            copy.SaveState(again);
            original.RunUntil(35);
            copy.RunUntil(35);

            return state.AsSpan().SequenceEqual(again)
                && Full(expected).SequenceEqual(Full(actual))
                && original.Summarize().Agents.SequenceEqual(copy.Summarize().Agents)
                && original.Statistics.Rewards.SequenceEqual(copy.Statistics.Rewards);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void LoadState_WithHistory_LooksBackAlike()
    {
        var options = new HeronEnvironmentOptions { HistoryLength = 16 };
        (EventScheduler original, _) = Start(options);
        (EventScheduler copy, _) = Start(options, seed: 8);
        original.RunUntil(12, cancellationToken: Token);
        byte[] state = new byte[original.StateByteCount];
        original.SaveState(state);

        copy.LoadState(state);
        byte[] again = new byte[copy.StateByteCount];
        copy.SaveState(again);

        Assert.Equal(state, again);
    }

    [Fact]
    public void LoadState_DamagedOrForeign_SaysSoAndChangesNothing()
    {
        (EventScheduler scheduler, _) = Start();
        scheduler.RunUntil(5, cancellationToken: Token);
        byte[] state = new byte[scheduler.StateByteCount];
        scheduler.SaveState(state);
        byte[] damaged = [.. state];
        damaged[^1] ^= 1;
        EventScheduler foreign = new EventRig().Field("a").Start();

        Assert.Contains("damaged", Assert.Throws<ArgumentException>(() => scheduler.LoadState(damaged)).Message);
        Assert.Throws<ArgumentException>(() => scheduler.LoadState(state.AsSpan(0, 7)));
        Assert.Contains("other agents or features", Assert.Throws<ArgumentException>(() => foreign.LoadState(state)).Message);
        byte[] after = new byte[scheduler.StateByteCount];
        scheduler.SaveState(after);
        Assert.Equal(state, after);
        Assert.Throws<ArgumentException>(() => scheduler.SaveState(new byte[state.Length - 1]));
    }

    [Fact]
    public void LoadState_EpisodeThatIsOver_IsOver()
    {
        EventRig rig = new EventRig(options: new HeronEnvironmentOptions { MaxEpisodeSeconds = 2 }).Field("a");
        EventScheduler scheduler = rig.Start();
        scheduler.RunUntil(9, cancellationToken: Token);
        byte[] state = new byte[scheduler.StateByteCount];
        scheduler.SaveState(state);
        scheduler.Reset(1);

        scheduler.LoadState(state);

        Assert.True(scheduler.IsOver);
        Assert.Equal(EndReason.MaxSimTime, scheduler.LastEndReason);
    }

    // Scripted ones are kept by their place in the schedule, so another schedule would give other disturbances.
    [Fact]
    public void LoadState_OtherDisturbances_SaysSoAndChangesNothing()
    {
        var given = new DisturbanceSchedule([(9, EventFlowTests.Shock(1)), (11, EventFlowTests.Shock(2))]);
        EventRig rig = new EventRig().Field("a");
        EventScheduler scheduler = rig.Start();
        scheduler.Reset(3, disturbances: given);
        scheduler.RunUntil(5, cancellationToken: Token);
        byte[] state = Save(scheduler);

        Assert.Contains("had other disturbances", Assert.Throws<ArgumentException>(() => scheduler.LoadState(state)).Message);
        Assert.Throws<ArgumentException>(() => scheduler.LoadState(state, new DisturbanceSchedule([(9, EventFlowTests.Shock(1)), (11, EventFlowTests.Shock(3))])));
        Assert.Equal(state, Save(scheduler));
        scheduler.LoadState(state, new DisturbanceSchedule([(11, EventFlowTests.Shock(2)), (9, EventFlowTests.Shock(1))]));
        scheduler.RunUntil(12, cancellationToken: Token);
        Assert.Equal(2, scheduler.Statistics.Disturbances);
    }

    [Fact]
    public void LoadState_OtherConditions_SaysSoAndChangesNothing()
    {
        EventRig rig = new EventRig().Field("a");
        EventScheduler scheduler = rig.Start(options: new EventOptions { Conditions = [ConditionMonitor.Never("one", "a")] });
        scheduler.RunUntil(5, cancellationToken: Token);
        byte[] state = Save(scheduler);
        scheduler.RemoveCondition("one");
        scheduler.AddCondition(ConditionMonitor.Never("two", "a"));
        byte[] before = Save(scheduler);

        Assert.Contains("than these, or in another order: two", Assert.Throws<ArgumentException>(() => scheduler.LoadState(state)).Message);
        Assert.Equal(before, Save(scheduler));
        scheduler.RunUntil(6, cancellationToken: Token);
    }

    // Two agents observe at the same instant; the run is saved between the two, when the first is due for a decision.
    [Fact]
    public void LoadState_BetweenObservationAndDecision_StillDecides()
    {
        EventRig rig = new EventRig(ScheduleConfig.Deterministic(3)).Field("a", new ScheduleConfig(1)).Field("b", new ScheduleConfig(1));
        EventScheduler scheduler = rig.Start();
        EventInfo happened;
        do
        {
            Assert.True(scheduler.ProcessNext(out happened));
        }
        while (happened.Kind != EventKind.ObservationReady);

        byte[] state = Save(scheduler);
        scheduler.Reset(9);
        scheduler.LoadState(state);
        scheduler.RunUntil(1, cancellationToken: Token);

        Assert.Equal([.1f, .1f], [rig.X(scheduler, "a"), rig.X(scheduler, "b")]);
    }

    private static byte[] Save(EventScheduler scheduler)
    {
        byte[] state = new byte[scheduler.StateByteCount];
        scheduler.SaveState(state);
        return state;
    }
}
