using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Policies;
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

    [Fact]
    public void Reset_AfterARun_ForgetsRewardsAndWhatAgentsKnewOfOthers()
    {
        // No run of the physics in the second episode tells agents of each other, so what they know is what they began with.
        EventRig rig = new EventRig(ScheduleConfig.Deterministic(3)).Field("a", new ScheduleConfig(1), visibility: Visibility.Public).Field("b", new ScheduleConfig(2), visibility: Visibility.Public);
        var source = new ObservationLog();
        EventScheduler scheduler = rig.Start(source);
        scheduler.RunUntil(3, cancellationToken: Token);
        float[] before = [scheduler.RewardSinceAsked(0), source.OfOthers[^1].Other];

        scheduler.Reset(0);
        float[] after = [scheduler.RewardSinceAsked(0), .. Observe(scheduler)];

        Assert.All(before, number => Assert.NotEqual(0, number));
        Assert.All(after, number => Assert.Equal(0, number));
    }

    // Should an agent throw while it starts, there is no episode to go on with.
    [Fact]
    public void Reset_SourceThrows_LeavesNoEpisode()
    {
        EventRig rig = new EventRig().Field("a");
        EventScheduler scheduler = rig.Build().CreateEventScheduler(new ThrowsTheSecondTime());
        scheduler.Reset(0);

        Assert.Throws<InvalidOperationException>(() => scheduler.Reset(1));
        Assert.Throws<EpisodeStateException>(() => scheduler.RunUntil(1, cancellationToken: Token));
    }

    private static float[] Observe(EventScheduler scheduler)
    {
        float[] observation = new float[scheduler.Spec.Agents[0].ObservationSpace.Length];
        scheduler.Observe(0, observation);
        return observation;
    }

    private sealed class ThrowsTheSecondTime : IActionSource
    {
        private int _begun;

        public void Begin(EnvironmentSpec spec, uint seed)
        {
            if (++_begun == 2)
            {
                throw new InvalidOperationException("Not again.");
            }
        }

        public void Act(in ActionRequest request)
        {
        }
    }
}
