using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Messaging;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.Core.Tests.Scheduling;

/// <summary>Agents see their own state at once and the others' as it was told to them, by default and when their own code observes.</summary>
public sealed class EventObservationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // a acts at 1; b and everybody else is told at 1.4, and that is also when b has a's message.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Observe_EffectThatIsNotToldYet_IsKnownToItsOwnAgentOnly(bool byOwnCode)
    {
        EventScheduler scheduler = Start(byOwnCode);

        scheduler.RunUntil(1.2, cancellationToken: Token);
        float[] ownBefore = Observe(scheduler, 0), otherBefore = Observe(scheduler, 1);
        scheduler.RunUntil(1.5, cancellationToken: Token);
        float[] ownAfter = Observe(scheduler, 0), otherAfter = Observe(scheduler, 1);

        Assert.Equal([1, 0], ownBefore[..2]);
        Assert.Equal([0, 0], otherBefore[..2]);
        Assert.Equal([1, 0], ownAfter[..2]);
        Assert.Equal([0, 1], otherAfter[..2]);
    }

    [Fact]
    public void Observe_OwnCodeLooksIntoTheMailbox_FindsWhatIsDue()
    {
        EventScheduler scheduler = Start(byOwnCode: true);

        scheduler.RunUntil(1.2, cancellationToken: Token);
        float before = Observe(scheduler, 1)[2];
        scheduler.RunUntil(1.5, cancellationToken: Token);

        Assert.Equal(0, before);
        Assert.Equal(7, Observe(scheduler, 1)[2]);
    }

    private static EventScheduler Start(bool byOwnCode)
    {
        Neighbor a = byOwnCode ? new Watcher("a") : new Neighbor("a"), b = byOwnCode ? new Watcher("b") : new Neighbor("b");
        (a.Other, b.Other) = (b, a);
        EventScheduler scheduler = new HeronEnvironmentBuilder("Neighbors-v0").Add(new SystemAgent()).Add(a, "system_agent").Add(b, "system_agent").Build()
            .CreateEventScheduler(new Integrators.Constant(("a", 1)), new EventOptions { PhysicsIntervalSeconds = 100 });
        scheduler.Reset(0);
        return scheduler;
    }

    private static float[] Observe(EventScheduler scheduler, int agent)
    {
        float[] observation = new float[scheduler.Spec.Agents[agent].ObservationSpace.Length];
        scheduler.Observe(agent, observation);
        return observation;
    }

    /// <summary>Adds its action to its number, and writes to the other.</summary>
    private class Neighbor : FieldAgent
    {
        private readonly Mailbox<Integrators.Number> _letters;

        public Neighbor(string id)
            : base(id)
        {
            ActionSpace = new BoxSpace(-1, 1);
            Schedule = ScheduleConfig.Deterministic(1, messageDelaySeconds: .4);
            State = AddFeature(default(Integrators.Number), Visibility.Public);
            _letters = AddMailbox<Integrators.Number>("letters");
        }

        public Neighbor? Other { get; set; }

        protected Feature<Integrators.Number> State { get; }

        public override void Apply(in AgentContext context)
        {
            context.Get(State).X += context.Action[0];
            context.Send(Other!._letters, new Integrators.Number { X = 7 });
        }

        protected float Letter(in AgentView view) => view.TryPeek(_letters, out Message<Integrators.Number> letter) ? letter.Payload.X : 0;

        protected float OthersNumber(in AgentView view) => view.Get(Other!.State).X;
    }

    /// <summary>Sees its number, the other's, and the first letter.</summary>
    private sealed class Watcher : Neighbor
    {
        public Watcher(string id)
            : base(id) => ObservationSpace = BoxSpace.Unbounded(3);

        public override void Observe(in AgentView view, Span<float> observation)
        {
            observation[0] = view.Get(State).X;
            observation[1] = OthersNumber(view);
            observation[2] = Letter(view);
        }
    }
}
