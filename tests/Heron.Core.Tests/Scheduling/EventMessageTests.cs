using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Messaging;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.Core.Tests.Scheduling;

/// <summary>Messages of agents in event-driven mode: under way for the sender's message delay, handled when they are due.</summary>
public sealed class EventMessageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static (EventScheduler Scheduler, EventTrace Trace, Listener Listener) Start(double messageDelay, double listenerTick = 100, double extraDelay = 0)
    {
        var listener = new Listener(listenerTick);
        var trace = new EventTrace();
        EventScheduler scheduler = new HeronEnvironmentBuilder("Talk-v0")
            .Add(new Shared.PlainSystem())
            .Add(new Talker(listener.Box, messageDelay, extraDelay), "system")
            .Add(listener, "system")
            .Build().CreateEventScheduler(new EventRig.AlwaysOne(), new EventOptions { Observer = trace, PhysicsIntervalSeconds = 100 });
        scheduler.Reset(0);
        return (scheduler, trace, listener);
    }

    [Theory]
    [InlineData(0.4, 0, 1.4)]
    [InlineData(0, 0, 1)]
    [InlineData(0.4, 0.3, 1.7)]
    public void Send_ByAnAgent_TakesItsMessageDelay(double delay, double extra, double expected)
    {
        (EventScheduler scheduler, EventTrace trace, Listener listener) = Start(delay, extraDelay: extra);

        scheduler.RunUntil(1.9, cancellationToken: Token);

        Assert.Equal([expected], trace.Events.Where(happened => happened.Delivery == DeliveryKind.AgentMessage).Select(happened => happened.TimeSeconds));
        Assert.Equal((1, expected), (scheduler.State.Get(listener.Heard).Count, scheduler.State.Get(listener.Heard).LastSeconds));
    }

    // The listener looks at 1.4, the instant at which the message is due.
    [Fact]
    public void Send_DueAtTheInstantOfATick_IsInItsObservation()
    {
        (EventScheduler scheduler, _, Listener listener) = Start(0.4, listenerTick: 1.4);

        scheduler.RunUntil(1.4, cancellationToken: Token);

        Assert.Equal(1, scheduler.State.Get(listener.Heard).Count);
        Assert.Equal(1f, scheduler.State.Get(listener.Heard).SeenAtTick);
    }

    [Fact]
    public void LoadState_MessageUnderWay_ArrivesInTheCopy()
    {
        (EventScheduler scheduler, _, _) = Start(0.4);
        (EventScheduler copy, _, Listener listener) = Start(0.4);
        scheduler.RunUntil(1.2, cancellationToken: Token);
        byte[] state = new byte[scheduler.StateByteCount];
        scheduler.SaveState(state);

        copy.LoadState(state);
        copy.RunUntil(1.9, cancellationToken: Token);

        Assert.Equal(1, copy.State.Get(listener.Heard).Count);
    }

    internal struct Heard
    {
        public int Count;
        public float SeenAtTick;
        public double LastSeconds;
    }

    private sealed class Talker : FieldAgent
    {
        private readonly Mailbox<int> _box;
        private readonly double _extraDelay;

        public Talker(Mailbox<int> box, double messageDelay, double extraDelay)
            : base("talker")
        {
            _box = box;
            _extraDelay = extraDelay;
            ActionSpace = new BoxSpace(-1, 1);
            Schedule = ScheduleConfig.Deterministic(1, messageDelaySeconds: messageDelay);
        }

        public override void Apply(in AgentContext context) => context.Send(_box, 1, _extraDelay);
    }

    private sealed class Listener : FieldAgent
    {
        public Listener(double tick)
            : base("listener")
        {
            ActionSpace = new BoxSpace(-1, 1);
            ObservationSpace = BoxSpace.Unbounded(1);
            Schedule = new ScheduleConfig(tick);
            Heard = AddFeature(default(Heard), Visibility.Owner);
            Box = AddMailbox<int>("box", handler: (in context, in message) =>
            {
                ref Heard heard = ref context.Get(Heard);
                heard.Count += message.Payload;
                heard.LastSeconds = context.TimeSeconds;
            });
        }

        public Feature<Heard> Heard { get; }

        public Mailbox<int> Box { get; }

        public override void Observe(in AgentView view, Span<float> observation) => observation[0] = view.Get(Heard).Count;

        // Without delays this works at the instant of the tick, before the message's own event.
        public override void Apply(in AgentContext context) => context.Get(Heard).SeenAtTick = context.Get(Heard).Count;
    }
}
