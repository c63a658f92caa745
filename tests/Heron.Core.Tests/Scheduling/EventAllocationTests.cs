using Heron.Core.Features;
using Heron.Core.Policies;
using Heron.Core.Protocols;
using Heron.Core.Scheduling;
using Heron.Core.Tests.Shared;
using Heron.Tests.Shared;

namespace Heron.Core.Tests.Scheduling;

[Collection(AllocationCollection.Name)]
public sealed class EventAllocationTests
{
    // A second episode meets every event of the first, so nothing has to grow any more.
    [Fact]
    public void RunUntil_AfterOneEpisode_AllocatesNothing()
    {
        ScheduleConfig Jittered(double tick) => ScheduleConfig.Deterministic(tick, .15, .3, .2).WithJitter();
        EventRig rig = new EventRig(ScheduleConfig.Deterministic(2, messageDelaySeconds: .4))
            .Lead("c", Jittered(1.5), new Protocol(action: new VectorDecomposition()))
            .Field("d0", Jittered(1), parent: "c").Field("d1", Jittered(1), parent: "c")
            .Field("a", Jittered(.7), visibility: Visibility.Public).Field("b", Jittered(1.1), visibility: Visibility.Public);
        rig["a"].PassesOnTo = (rig["b"], .9);
        Feature<Integrators.Number> watched = rig["b"].State;
        rig.Builder
            .WakeOn(ConditionMonitor.Threshold("high", "a", (in view) => view.Get(watched).X, .5, above: true))
            .DisturbWith(new DisturbanceSchedule([(4, EventFlowTests.Shock(.5))]));
        EventScheduler scheduler = rig.Build().CreateEventScheduler(new RandomActions());
        scheduler.Reset(1);
        scheduler.RunUntil(2_000, cancellationToken: TestContext.Current.CancellationToken);

        long allocated = Allocations.Of(() =>
        {
            scheduler.Reset(1);
            scheduler.RunUntil(2_000, cancellationToken: TestContext.Current.CancellationToken);
        });

        Assert.Equal(0, allocated);
        Assert.True(scheduler.Statistics.Events > 10_000);
        Assert.True(scheduler.Statistics.Count(EventKind.ConditionTrigger) > 0 && scheduler.Statistics.CustomEvents > 0);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(3, 4)]
    [InlineData(500, 0)]
    public void RunUntil_AllThatCanHappen_AllocatesNothing(int houses, int historyLength)
    {
        EventScheduler scheduler = new BusyTown(houses, historyLength).Factory.CreateEventScheduler(new RandomActions());
        Run(scheduler, 10_000 / houses);

        long allocated = Allocations.Of(() => Run(scheduler, 10_000 / houses));

        Assert.Equal(0, allocated);
        Assert.All(Enum.GetValues<EventKind>(), kind => Assert.True(scheduler.Statistics.Count(kind) > 0, $"{kind}"));
        Assert.All(Enum.GetValues<DeliveryKind>().Except([DeliveryKind.None]), message => Assert.True(scheduler.Statistics.Count(message) > 0, $"{message}"));
        Assert.All(scheduler.Summarize().Agents, agent => Assert.True(agent.Effects > 0, $"{agent}"));
    }

    [Fact]
    public void ProcessNext_WithAnObserver_AllocatesNothing()
    {
        var counts = new Counts();
        EventScheduler scheduler = new BusyTown(3).Factory.CreateEventScheduler(new RandomActions(), new EventOptions { Observer = counts });
        Play(scheduler, 5_000);

        long allocated = Allocations.Of(() => Play(scheduler, 5_000));

        Assert.Equal(0, allocated);
        Assert.True(counts is { Events: >= 10_000, Decisions: > 0, Rewards: > 0 });
    }

    // A saved run grows with what is under way, so the bytes are more than any state needs.
    [Fact]
    public void SaveState_IntoGivenBytes_AllocatesNothing()
    {
        EventScheduler scheduler = new BusyTown(30, historyLength: 2).Factory.CreateEventScheduler(new RandomActions());
        byte[] bytes = new byte[1_000_000];
        scheduler.Reset(1);
        Save(scheduler, bytes);

        long allocated = Allocations.Of(() => Save(scheduler, bytes));

        Assert.Equal(0, allocated);
    }

    private static void Run(EventScheduler scheduler, double seconds)
    {
        scheduler.Reset(1);
        scheduler.RunUntil(seconds, cancellationToken: TestContext.Current.CancellationToken);
    }

    private static void Play(EventScheduler scheduler, int events)
    {
        scheduler.Reset(1);
        for (int i = 0; i < events; i++)
        {
            scheduler.ProcessNext(out _);
        }
    }

    private static void Save(EventScheduler scheduler, byte[] bytes) => scheduler.SaveState(bytes.AsSpan(0, scheduler.StateByteCount));

    private sealed class Counts : IEventObserver
    {
        public int Events { get; private set; }

        public int Decisions { get; private set; }

        public int Rewards { get; private set; }

        public void OnEvent(in EventInfo happened) => Events++;

        public void OnDecision(in LandedDecision decision) => Decisions++;

        public void OnReward(in RewardRecord reward) => Rewards++;
    }
}
