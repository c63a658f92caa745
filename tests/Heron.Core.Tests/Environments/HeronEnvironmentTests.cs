using Heron.Core.Environments;
using Heron.Core.Environments.Conformance;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Environments;

public sealed class HeronEnvironmentTests
{
    private const int Steps = 12;

    private static List<float[]> Play(VectorEnvironment vector, int steps)
    {
        var rows = new List<float[]>();
        for (int i = 0; i < steps; i++)
        {
            vector.ContinuousActions.All.Fill(0.1f * (i % 5));
            vector.Step();
            rows.Add([.. vector.Observations.All, .. vector.Rewards.All, .. vector.Metrics.All]);
        }

        return rows;
    }

    [Fact]
    public void Check_RandomHierarchy_FindsNoViolation() =>
        Assert.Empty(EnvironmentConformance.Check(RandomWalk.Factory(3)));

    [Fact]
    public void Check_AgentsThatEndEarlyWithMasks_FindsNoViolation() =>
        Assert.Empty(EnvironmentConformance.Check(Countdown.Factory(("short", 2), ("long", 5))));

    [Fact]
    public void Check_CoordinatorsThatEndWithTheirAgents_FindsNoViolation() =>
        Assert.Empty(EnvironmentConformance.Check(Countdown.CoordinatedFactory(truncates: false, inner: ("short", 2), outer: ("long", 5))));

    [Fact]
    public void Step_SameSeed_RepeatsTheEpisode()
    {
        EnvironmentFactory factory = RandomWalk.Factory(3);
        using var first = new VectorEnvironment(factory, 1);
        using var second = new VectorEnvironment(factory, 1);
        using var other = new VectorEnvironment(factory, 1);
        first.Reset(9);
        second.Reset(9);
        other.Reset(10);

        List<float[]> expected = Play(first, Steps);

        Assert.Equal(expected, Play(second, Steps));
        Assert.NotEqual(expected[0], Play(other, Steps)[0]);
    }

    [Fact]
    public void LoadState_InMidEpisode_ContinuesBitForBit()
    {
        EnvironmentFactory factory = RandomWalk.Factory(3);
        using var original = new VectorEnvironment(factory, 2);
        using var restored = new VectorEnvironment(factory, 2);
        original.Reset(9);
        Play(original, 5);
        byte[] state = new byte[original.StateByteCount];
        original.SaveState(state);

        List<float[]> expected = Play(original, Steps);
        restored.LoadState(state);

        Assert.Equal(expected, Play(restored, Steps));
    }

    [Fact]
    public void Step_MoreAgents_ChangesNobodysRandomNumbers()
    {
        using var few = new SingleRun(RandomWalk.Factory(1));
        using var many = new SingleRun(RandomWalk.Factory(4));
        few.Reset(3);
        many.Reset(3);

        few.StepWith(("walker_0", [0.5f]));
        many.StepWith(("walker_0", [0.5f]));

        Assert.Equal(few.Observation("walker_0"), many.Observation("walker_0"));
        Assert.NotEqual(many.Observation("walker_1"), many.Observation("walker_0"));
        Assert.Equal(few.Metrics, many.Metrics);
    }

    [Fact]
    public void Step_HalfSeconds_MovesTheClock()
    {
        using var run = new SingleRun(RandomWalk.Factory(1));
        run.Reset();

        run.Step();
        run.Step();

        Assert.Equal(1f, run.Metrics[1]);
        Assert.StartsWith("step 2, 1 s\nweather", run.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void LoadState_OfAnotherLength_ChangesNothing()
    {
        IMultiAgentEnvironment environment = RandomWalk.Factory(1).Create();
        byte[] before = new byte[environment.StateByteCount];
        environment.SaveState(before);

        var tooShort = Assert.Throws<ArgumentException>(() => environment.LoadState(before.AsSpan(1)));
        byte[] damaged = [.. before];
        damaged[7] = 0xFF;
        Assert.Throws<ArgumentException>(() => environment.LoadState(damaged));

        byte[] after = new byte[environment.StateByteCount];
        environment.SaveState(after);
        Assert.Equal(before, after);
        Assert.Contains($"has {before.Length} bytes; got {before.Length - 1}", tooShort.Message);
    }

    [Fact]
    public void Build_NoSteps_NamesTheNumber()
    {
        var builder = new HeronEnvironmentBuilder("Short-v0", new HeronEnvironmentOptions { MaxEpisodeSteps = 0 });

        var error = Assert.Throws<ArgumentException>(builder.Build);

        Assert.Contains("Short-v0 ends after 0 steps", error.Message);
    }
}
