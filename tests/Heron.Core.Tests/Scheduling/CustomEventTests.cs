using Heron.Core.Scheduling;
using static Heron.Core.Tests.Scheduling.Integrators;

namespace Heron.Core.Tests.Scheduling;

public sealed class CustomEventTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static EventRig Rig() => new EventRig(ScheduleConfig.Deterministic(100)).Field("a", new ScheduleConfig(5)).Field("b", new ScheduleConfig(1000)).Field("c", new ScheduleConfig(1000));

    [Fact]
    public void Raise_WithDelay_ReachesTheHandlerThen()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start();
        scheduler.RunUntil(5, cancellationToken: Token);

        scheduler.Raise(Integrator.Nudge, "b", new Number { X = 2 }, delaySeconds: 3);
        scheduler.RunUntil(8, cancellationToken: Token);

        Assert.Equal([8], rig.Times(EventKind.Custom, "b"));
        Assert.Equal("8 Custom nudge", rig.Trace.LinesOf(EventKind.Custom).Single());
        Assert.Equal(2, rig.X(scheduler, "b"));
        Assert.Equal(1, scheduler.Statistics.CustomEvents);
    }

    // a acts at 5 and 10 and sends on with 0.5 s of delay.
    [Fact]
    public void Raise_ByAnAgent_ReachesAnother()
    {
        EventRig rig = Rig();
        rig["a"].PassesOnTo = (rig["b"], 0.5);
        EventScheduler scheduler = rig.Start();

        scheduler.RunUntil(11, cancellationToken: Token);

        Assert.Equal([5.5, 10.5], rig.Times(EventKind.Custom, "b"));
        Assert.Equal(2, rig.X(scheduler, "b"));
    }

    [Fact]
    public void Raise_InStepMode_IsDropped()
    {
        EventRig rig = Rig();
        rig["a"].PassesOnTo = (rig["b"], 0);
        using var run = new Shared.SingleRun(rig.Build());
        run.Reset();

        run.StepWith(("a", [1f]));

        Assert.Equal([0f], run.Observation("b"));
    }

    [Fact]
    public void Broadcast_FromOutside_ReachesEveryHandler()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start();

        int recipients = scheduler.Broadcast(Integrator.Nudge, new Number { X = 1 }, delaySeconds: 1);
        scheduler.RunUntil(1, cancellationToken: Token);

        Assert.Equal(3, recipients);
        Assert.Equal(["a", "b", "c"], rig.Trace.Events.Where(happened => happened.Kind == EventKind.Custom).Select(happened => happened.AgentId));
        Assert.Equal([1f, 1f, 1f], [rig.X(scheduler, "a"), rig.X(scheduler, "b"), rig.X(scheduler, "c")]);
    }

    [Fact]
    public void Broadcast_ByAnAgent_ReachesTheOthers()
    {
        EventRig rig = Rig();
        rig["a"].ShoutsAfterSeconds = .5;
        EventScheduler scheduler = rig.Start();

        scheduler.RunUntil(6, cancellationToken: Token);

        Assert.Equal(["b", "c"], rig.Trace.Events.Where(happened => happened.Kind == EventKind.Custom).Select(happened => happened.AgentId));
        Assert.Equal([.1f, 1f, 1f], [rig.X(scheduler, "a"), rig.X(scheduler, "b"), rig.X(scheduler, "c")]);
    }

    // At one instant: priority 0 before the message (2) of the effect, priority 3 after it.
    [Fact]
    public void Raise_WithPriority_TakesItsPlaceWithinTheInstant()
    {
        EventRig rig = new EventRig(ScheduleConfig.Deterministic(100)).Field("a", ScheduleConfig.Deterministic(5, messageDelaySeconds: 1));
        EventScheduler scheduler = rig.Start();
        scheduler.Raise(Integrator.Nudge, "a", default, delaySeconds: 6, priority: 3);
        scheduler.Raise(Integrator.Nudge, "a", default, delaySeconds: 6);

        scheduler.RunUntil(6, cancellationToken: Token);

        Assert.Equal([(EventKind.Custom, 0), (EventKind.MessageDelivery, 2), (EventKind.Custom, 3)], rig.Trace.Events.Where(happened => happened.TimeSeconds == 6).Select(happened => (happened.Kind, happened.Priority)));
    }

    [Fact]
    public void Raise_AgentWithoutHandler_SaysWhatItHandles()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start();
        var unknown = new CustomEvent<Number>("shout");

        var error = Assert.Throws<ArgumentException>(() => scheduler.Raise(unknown, "a", default));

        Assert.Contains("handles no event 'shout'; it handles: nudge", error.Message);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 101)]
    public void Raise_OutOfRange_Throws(double delay, int priority)
    {
        EventScheduler scheduler = Rig().Start();

        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.Raise(Integrator.Nudge, "a", default, delay, priority));
    }

    [Fact]
    public void Constructor_NoName_Throws() => Assert.Throws<ArgumentException>(() => new CustomEvent<Number>(" "));

    [Fact]
    public void Cancel_CustomEvent_NeverHappens()
    {
        EventRig rig = Rig();
        EventScheduler scheduler = rig.Start();
        EventId id = scheduler.Raise(Integrator.Nudge, "b", new Number { X = 2 }, delaySeconds: 3);

        Assert.True(scheduler.Cancel(id));
        scheduler.RunUntil(8, cancellationToken: Token);

        Assert.False(scheduler.Cancel(id));
        Assert.Equal(0, rig.X(scheduler, "b"));
    }
}
