using Heron.Core.Features;
using Heron.Core.Policies;
using Heron.Core.Protocols;
using Heron.Core.Scheduling;

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

        long before = GC.GetAllocatedBytesForCurrentThread();
        scheduler.Reset(1);
        scheduler.RunUntil(2_000, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(scheduler.Statistics.Events > 10_000);
        Assert.True(scheduler.Statistics.Count(EventKind.ConditionTrigger) > 0 && scheduler.Statistics.CustomEvents > 0);
    }
}
