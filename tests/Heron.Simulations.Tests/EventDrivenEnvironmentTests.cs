using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Core.Scheduling;
using Heron.Tests.Shared;

namespace Heron.Simulations.Tests;

/// <summary>What holds for every HERON environment that is shipped, when it runs event-driven with delays that it does not declare; the rest is in the conformance suite.</summary>
public sealed class EventDrivenEnvironmentTests
{
    private static EnvironmentRegistry Registry { get; } = HeronEnvironments.AddTo(new EnvironmentRegistry());

    public static TheoryData<string> Ids =>
        [.. Registry.Definitions.Where(definition => definition.Configure().IsEventDriven).Select(definition => definition.Id)];

    // The second time an episode meets nothing new, so that nothing has to grow any more.
    [Theory]
    [MemberData(nameof(Ids))]
    public void RunUntil_DelaysAndJitterEverywhere_AllocatesNothing(string id)
    {
        EnvironmentFactory factory = Registry.Get(id).Configure();
        double step = factory.Spec.StepSeconds!.Value;
        ScheduleConfig late = ScheduleConfig.Deterministic(step, .1 * step, .2 * step, .05 * step).WithJitter();
        EventScheduler scheduler = factory.CreateEventScheduler(
            new RandomActions(), new EventOptions { Schedules = factory.Spec.Hierarchy.ToDictionary(agent => agent.Id, _ => late) });
        CancellationToken stop = TestContext.Current.CancellationToken;
        scheduler.Reset(1);
        scheduler.RunUntil(step * 200, cancellationToken: stop);

        long allocated = Allocations.Of(() =>
        {
            scheduler.Reset(1);
            scheduler.RunUntil(step * 200, cancellationToken: stop);
        });

        Assert.Equal(0, allocated);
        Assert.True(scheduler.Statistics.Count(EventKind.ActionEffect) > 0);
    }
}
