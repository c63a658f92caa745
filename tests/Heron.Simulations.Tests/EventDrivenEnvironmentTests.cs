using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;
using Heron.Simulations.Tests.Shared;
using Heron.Tests.Shared;

namespace Heron.Simulations.Tests;

/// <summary>What holds for every HERON environment that is shipped, when it runs event-driven with random actions.</summary>
public sealed class EventDrivenEnvironmentTests
{
    // Runs of the physics that each test waits for: several rounds of even the slowest agents.
    private const int Steps = 25;

    private static EnvironmentRegistry Registry { get; } = HeronEnvironments.AddTo(new EnvironmentRegistry());

    // Steps of an hour with agents that tick every second give the same findings as with agents that tick with the physics, only slower.
    private static EventOptions Options(EnvironmentSpec spec) =>
        new() { Timing = spec.StepSeconds is > 60 ? EventTiming.All & ~EventTiming.TickIntervals : EventTiming.All };

    public static TheoryData<string> Ids =>
        [.. Registry.Definitions.Where(definition => definition.Configure().IsEventDriven).Select(definition => definition.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void RunUntil_RandomActions_EveryAgentObservesActsAndIsRewarded(string id)
    {
        EventDrivenRun run = Play(id, seed: 5);

        EpisodeSummary summary = run.Scheduler.Summarize();
        Assert.Empty(summary.Diagnostics);
        Assert.Equal(Steps, summary.PhysicsRuns);
        Assert.All(summary.Agents, agent => Assert.True(agent is { Effects: > 0, Rewards: > 0 }, $"{agent}"));
        Assert.All(run.Rewards, reward => Assert.True(float.IsFinite(reward.Reward)));
        Assert.All(run.Scheduler.Metrics.ToArray(), metric => Assert.True(float.IsFinite(metric)));
        foreach ((string agent, float[] observation, float[] continuous, int[] discrete, _) in run.Decisions)
        {
            AgentSpec spec = run.Scheduler.Spec.Agents[run.Scheduler.Spec.IndexOf(agent)];
            Space actions = spec.ActionSpace;
            Assert.True(spec.ObservationSpace.ContainsFlat(observation), $"{agent} observed [{string.Join(", ", observation)}]");
            Assert.True(actions.Contains(continuous, discrete), $"{agent} did [{string.Join(", ", continuous)}]");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void RunUntil_SameSeed_GivesTheSameEvents(string id)
    {
        EventDrivenRun first = Play(id, seed: 5), second = Play(id, seed: 5);

        Assert.Equal(first.Events, second.Events);
        Assert.Equal(first.Rewards, second.Rewards);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void LoadState_InMidEpisode_ContinuesEventForEvent(string id)
    {
        EnvironmentFactory factory = Registry.Get(id).Configure();
        EventDrivenRun original = new(factory, options: Options(factory.Spec), seed: 7), restored = new(factory, options: Options(factory.Spec), seed: 8);
        original.RunUntil(StepOf(factory) * 9.5);
        byte[] state = new byte[original.Scheduler.StateByteCount];
        original.Scheduler.SaveState(state);
        original.Events.Clear();

        restored.Scheduler.LoadState(state);
        original.RunUntil(StepOf(factory) * Steps);
        restored.RunUntil(StepOf(factory) * Steps);

        Assert.NotEmpty(original.Events);
        Assert.Equal(original.Events, restored.Events);
        Assert.Equal(original.Scheduler.Metrics, restored.Scheduler.Metrics);
    }

    // The second time an episode meets nothing new, so that nothing has to grow any more.
    [Theory]
    [MemberData(nameof(Ids))]
    public void RunUntil_SameEpisodeAgain_AllocatesNothing(string id)
    {
        EnvironmentFactory factory = Registry.Get(id).Configure();
        EventScheduler scheduler = factory.CreateEventScheduler(new RandomActions(), Options(factory.Spec));

        long allocated = AllocatedBySecondRun(scheduler, StepOf(factory));

        Assert.Equal(0, allocated);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void RunUntil_DelaysAndJitterEverywhere_AllocatesNothing(string id)
    {
        EnvironmentFactory factory = Registry.Get(id).Configure();
        double step = StepOf(factory);
        ScheduleConfig late = ScheduleConfig.Deterministic(step, .1 * step, .2 * step, .05 * step).WithJitter();
        EventScheduler scheduler = factory.CreateEventScheduler(
            new RandomActions(), new EventOptions { Schedules = factory.Spec.Hierarchy.ToDictionary(agent => agent.Id, _ => late) });

        long allocated = AllocatedBySecondRun(scheduler, step);

        Assert.Equal(0, allocated);
        Assert.True(scheduler.Statistics.Count(EventKind.ActionEffect) > 0);
    }

    private static long AllocatedBySecondRun(EventScheduler scheduler, double step)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        scheduler.Reset(1);
        scheduler.RunUntil(step * 200, cancellationToken: stop);

        return Allocations.Of(() =>
        {
            scheduler.Reset(1);
            scheduler.RunUntil(step * 200, cancellationToken: stop);
        });
    }

    private static double StepOf(EnvironmentFactory factory) => factory.Spec.StepSeconds!.Value;

    private static EventDrivenRun Play(string id, uint seed)
    {
        EnvironmentFactory factory = Registry.Get(id).Configure();
        var run = new EventDrivenRun(factory, options: Options(factory.Spec), seed: seed);

        // Half a step more, so that the last rewards arrive.
        run.RunUntil(StepOf(factory) * (Steps + 0.5));
        return run;
    }
}
