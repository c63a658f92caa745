using Heron.Core.Scheduling;

namespace Heron.Core.Tests.Scheduling;

/// <summary>How intervals and delays vary, and whose numbers they draw.</summary>
public sealed class JitterTests
{
    private const int Draws = 1000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DelaySampler Sampler(ScheduleConfig schedule, uint seed = 1)
    {
        EventPlanOf(out DelaySampler sampler);
        sampler[1] = schedule;
        sampler.Start(seed);
        return sampler;

        static void EventPlanOf(out DelaySampler sampler)
        {
            EventRig rig = new EventRig().Field("a");
            sampler = new DelaySampler(TreeOf(rig));
        }
    }

    private static Core.Agents.AgentTree TreeOf(EventRig rig)
    {
        rig.Build();
        return rig["a"].Features[0].Layout!.Tree;
    }

    private static double[] Draw(ScheduleConfig schedule, Duration duration, uint seed = 1)
    {
        DelaySampler sampler = Sampler(schedule, seed);
        return [.. Enumerable.Range(0, Draws).Select(_ => sampler.Draw(1, duration) / 1e9)];
    }

    private static double Deviation(double[] draws)
    {
        double mean = draws.Average();
        return Math.Sqrt(draws.Sum(draw => (draw - mean) * (draw - mean)) / draws.Length);
    }

    // Uniform on 0.8 .. 1.2: standard deviation 0.4 / sqrt(12) = 0.1155, that of the mean of 1,000 draws 0.0037.
    [Fact]
    public void Draw_Uniform_StaysWithinItsRatio()
    {
        double[] draws = Draw(new ScheduleConfig(1).WithJitter(JitterKind.Uniform, 0.2), Duration.Tick);

        Assert.InRange(draws.Average(), 0.985, 1.015);
        Assert.InRange(Deviation(draws), 0.108, 0.123);
        Assert.All(draws, draw => Assert.InRange(draw, 0.8, 1.2));
    }

    [Fact]
    public void Draw_Gaussian_HasItsRatioAsDeviation()
    {
        double[] draws = Draw(new ScheduleConfig(1).WithJitter(JitterKind.Gaussian, 0.2), Duration.Tick);

        Assert.InRange(draws.Average(), 0.975, 1.025);
        Assert.InRange(Deviation(draws), 0.185, 0.215);
    }

    [Fact]
    public void Draw_LargeJitter_KeepsToItsFloors()
    {
        ScheduleConfig schedule = ScheduleConfig.Deterministic(1, 0.5, 0.5, 0.5).WithJitter(JitterKind.Gaussian, 3) with { MinDelaySeconds = 0.2 };

        Assert.Equal(0.001, Draw(schedule, Duration.Tick).Min());
        Assert.Equal(0.2, Draw(schedule, Duration.Action).Min());
        Assert.Equal(1e-6, Draw(new ScheduleConfig(1e-6).WithJitter(JitterKind.Gaussian, 3), Duration.Tick).Min());
    }

    [Theory]
    [InlineData(JitterKind.None)]
    [InlineData(JitterKind.Uniform)]
    [InlineData(JitterKind.Gaussian)]
    public void Draw_NoDelay_StaysNone(JitterKind jitter) =>
        Assert.All(Draw(new ScheduleConfig(1).WithJitter(jitter) with { MinDelaySeconds = 0.1 }, Duration.Message), draw => Assert.Equal(0, draw));

    [Fact]
    public void Draw_WithoutJitter_IsTheBaseValue()
    {
        Assert.All(Draw(ScheduleConfig.Deterministic(2, 0.3) with { MinDelaySeconds = 0.5 }, Duration.Observation), draw => Assert.Equal(0.3, draw));
        Assert.All(Draw(new ScheduleConfig(1).WithJitter().WithoutJitter(), Duration.Tick), draw => Assert.Equal(1, draw));
    }

    [Fact]
    public void Draw_OtherPurposesAndSeeds_HaveStreamsOfTheirOwn()
    {
        ScheduleConfig schedule = ScheduleConfig.Deterministic(1, 1, 1, 1).WithJitter();
        DelaySampler interleaved = Sampler(schedule);
        double[] ticks = [.. Enumerable.Range(0, Draws).Select(i =>
        {
            interleaved.Draw(1, Duration.Message);
            return interleaved.Draw(1, Duration.Tick) / 1e9;
        })];

        Assert.Equal(Draw(schedule, Duration.Tick), ticks);
        Assert.NotEqual(Draw(schedule, Duration.Tick), Draw(schedule, Duration.Message));
        Assert.NotEqual(Draw(schedule, Duration.Tick), Draw(schedule, Duration.Tick, seed: 2));
    }

    [Fact]
    public void RunUntil_AnotherAgentMore_ChangesNobodysTimes()
    {
        ScheduleConfig schedule = ScheduleConfig.Deterministic(1, 0.1, 0.2, 0.1).WithJitter();
        string[] Play(params string[] ids)
        {
            var rig = new EventRig(ScheduleConfig.Deterministic(5));
            Array.ForEach(ids, id => rig.Field(id, schedule));
            rig.Start(seed: 4).RunUntil(30, cancellationToken: Token);
            return [.. rig.Trace.Events.Where(happened => happened.AgentId == "a").Select(EventTrace.Line)];
        }

        string[] alone = Play("a");

        Assert.Equal(alone, Play("z", "a", "b"));
        Assert.NotEqual(alone, Play("b", "a").Select(line => line.Replace(" a", " b", StringComparison.Ordinal)));
    }

    // Agents with the same schedule do not jitter in step.
    [Fact]
    public void RunUntil_TwoAgentsOfOneSchedule_TickApart()
    {
        ScheduleConfig schedule = new ScheduleConfig(1).WithJitter();
        EventRig rig = new EventRig(ScheduleConfig.Deterministic(5)).Field("a", schedule).Field("b", schedule);

        rig.Start().RunUntil(10, cancellationToken: Token);

        Assert.Empty(rig.Times(EventKind.AgentTick, "a").Intersect(rig.Times(EventKind.AgentTick, "b")));
    }

    [Fact]
    public void Reset_JitterSeed_ChangesTimesAlone()
    {
        EventRig rig = new EventRig(ScheduleConfig.Deterministic(5)).Field("a", new ScheduleConfig(1).WithJitter());
        EventScheduler scheduler = rig.Start(new Core.Policies.RandomActions());
        (double[] Times, float[] Rewards) Play(uint seed, uint jitterSeed)
        {
            rig.Trace.Events.Clear();
            rig.Trace.Rewards.Clear();
            scheduler.Reset(seed, jitterSeed);
            scheduler.RunUntil(20.5, cancellationToken: Token);
            return ([.. rig.Times(EventKind.AgentTick, "a")], [.. rig.Trace.Rewards.Select(reward => reward.Reward)]);
        }

        (double[] times, float[] rewards) = Play(1, 1);

        Assert.Equal(times, Play(2, 1).Times);
        Assert.NotEqual(rewards, Play(2, 1).Rewards);
        Assert.NotEqual(times, Play(1, 2).Times);
    }

    // Uniform 0.4 and normal 0.3: every effect answers one observation, and nothing is out of order.
    [Theory]
    [InlineData(JitterKind.Uniform, .4, 1u)]
    [InlineData(JitterKind.Uniform, .4, 42u)]
    [InlineData(JitterKind.Uniform, .4, 99u)]
    [InlineData(JitterKind.Uniform, .4, 12345u)]
    [InlineData(JitterKind.Gaussian, .3, 7u)]
    public void RunUntil_Jitter_KeepsOrderAndPairs(JitterKind jitter, double ratio, uint seed)
    {
        ScheduleConfig schedule = ScheduleConfig.Deterministic(1, .1, .4, .1).WithJitter(jitter, ratio);
        EventRig rig = new EventRig(ScheduleConfig.Deterministic(5, messageDelaySeconds: .1).WithJitter(jitter, ratio)).Field("a", schedule);
        EventScheduler scheduler = rig.Start(seed: seed);

        scheduler.RunUntil(60, cancellationToken: Token);

        IEnumerable<long> times = rig.Trace.Events.Select(happened => happened.TimeNanoseconds);
        Assert.Equal(times.Order(), times);
        AgentStatistics a = scheduler.Statistics.Of("a");
        Assert.True(a.Rewards >= 1);
        Assert.InRange(a.Effects, a.Observations - 3, a.Observations);
        Assert.Equal(a.Pairs, rig.Times(EventKind.ActionEffect, "a").Count(time => time <= rig.Trace.Rewards[^1].PhysicsSeconds));
    }

    // Observation 0.1, action 0.2 and message 0.3, each 20 % up or down.
    [Fact]
    public void RunUntil_Jitter_VariesEveryDelayAroundItsBase()
    {
        ScheduleConfig schedule = ScheduleConfig.Deterministic(1, .1, .2, .3).WithJitter(JitterKind.Uniform, .2);
        EventRig rig = new EventRig(ScheduleConfig.Deterministic(100)).Field("a", schedule);
        EventScheduler scheduler = rig.Start();

        scheduler.RunUntil(50, cancellationToken: Token);

        double[] observation = [.. rig.Trace.Decisions.Select(decision => decision.DecidedAt - decision.ObservedAt)];
        double[] action = [.. rig.Trace.Decisions.Select(decision => decision.Time - decision.DecidedAt)];
        double[] message = [.. rig.Times(EventKind.ActionEffect, "a").Zip(rig.Times(DeliveryKind.StateVisible, "a"), (effect, told) => told - effect)];
        foreach ((double[] delays, double expected) in new[] { (observation, .1), (action, .2), (message, .3) })
        {
            Assert.InRange(delays.Min(), .8 * expected - 1e-9, .9 * expected);
            Assert.InRange(delays.Max(), 1.1 * expected, 1.2 * expected + 1e-9);
        }

        AgentStatistics a = scheduler.Statistics.Of("a");
        Assert.Equal(rig.Trace.Decisions.Max(decision => decision.Time - decision.ObservedAt), a.MaxStalenessSeconds, 1e-9);
        Assert.Equal(rig.Trace.Decisions.Average(decision => decision.Time - decision.ObservedAt), a.MeanStalenessSeconds, 1e-9);
    }

    [Fact]
    public void SetSchedule_InMidEpisode_CountsFromTheNextUse()
    {
        EventRig rig = new EventRig(ScheduleConfig.Deterministic(100)).Field("a", new ScheduleConfig(1));
        EventScheduler scheduler = rig.Start();
        scheduler.RunUntil(2.5, cancellationToken: Token);

        scheduler.SetSchedule("a", scheduler.GetSchedule("a") with { TickIntervalSeconds = 2 });
        scheduler.RunUntil(8, cancellationToken: Token);

        Assert.Equal([1, 2, 3, 5, 7], rig.Times(EventKind.AgentTick, "a"));
    }
}
