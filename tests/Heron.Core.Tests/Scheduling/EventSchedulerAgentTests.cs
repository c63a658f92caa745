using Heron.Core.Environments;
using Heron.Core.Scheduling;

namespace Heron.Core.Tests.Scheduling;

public sealed class EventSchedulerAgentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void RewardSinceAsked_BetweenRequests_IsWhatTheAgentHasLearned()
    {
        // Physics at 1, 2, ... judged at once; the agent is asked at 2.5, 5, ... and adds 0.1 each time.
        EnvironmentFactory factory = Integrators.Factory(ScheduleConfig.Deterministic(1), ("a", ScheduleConfig.Deterministic(2.5)));
        EventScheduler scheduler = factory.CreateEventScheduler(new Integrators.Constant(("a", 1)));
        scheduler.Reset(0);

        scheduler.RunUntil(4, cancellationToken: Token);
        float before = scheduler.RewardSinceAsked(0);
        scheduler.RunUntil(5, cancellationToken: Token);

        Assert.Equal(-0.2f, before, 1e-6f);
        Assert.Equal(-0.2f, scheduler.RewardSinceAsked(0), 1e-6f);
        Assert.Equal(-0.4f, (float)scheduler.Statistics.Of("a").Return, 1e-6f);
    }

    [Fact]
    public void Observe_BeforeTheReset_Throws()
    {
        EventScheduler scheduler = Integrators.Factory(ScheduleConfig.Deterministic(1), ("a", ScheduleConfig.Deterministic(1)))
            .CreateEventScheduler(new Integrators.Constant());

        Assert.Throws<EpisodeStateException>(() => scheduler.Observe(0, new float[1]));
    }
}
