using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Core.Scheduling;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Scheduling;

/// <summary>The work for one agent does not grow with the number of agents: counted, not timed.</summary>
public sealed class EventGrowthTests
{
    private const double Seconds = 20;

    [Fact]
    public void RunUntil_HundredTimesTheAgents_NoMoreEventsPerAgent()
    {
        EpisodeStatistics few = Run(new BusyTown(10)), many = Run(new BusyTown(1_000));

        // The system agent's events are shared by more agents, so that there are rather fewer for each; jitter moves some over the end.
        Assert.All(Enum.GetValues<EventKind>(), kind => Assert.InRange(many.Count(kind), 0, 102 * few.Count(kind)));
        Assert.All(Enum.GetValues<DeliveryKind>(), message => Assert.InRange(many.Count(message), 0, 102 * few.Count(message)));
    }

    // Stoves count how often they look: once per tick, however many others there are.
    [Fact]
    public void RunUntil_HundredTimesTheAgents_SameObservationsPerAgent()
    {
        BusyTown few = new(10), many = new(1_000);

        Run(few);
        Run(many);

        Assert.Equal(few.Observations, many.Observations / 100.0, 0.05 * few.Observations);
    }

    [Fact]
    public void Step_ThousandAgents_EachLooksTwiceAStep()
    {
        var town = new BusyTown(1_000);
        using var vector = new VectorEnvironment(town.Factory, 1, threads: 1);
        vector.Reset(1);
        int before = town.Observations;

        for (int step = 0; step < 10; step++)
        {
            vector.Step();
        }

        // For its own policy before it acts, and for the caller after it.
        Assert.Equal(2 * 10 * 1_000, town.Observations - before);
    }

    private static EpisodeStatistics Run(BusyTown town)
    {
        EventScheduler scheduler = town.Factory.CreateEventScheduler(new NeutralActions());
        scheduler.Reset(1);
        scheduler.RunUntil(Seconds, cancellationToken: TestContext.Current.CancellationToken);
        return scheduler.Statistics;
    }
}
