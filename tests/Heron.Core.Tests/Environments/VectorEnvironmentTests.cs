using Heron.Core.Environments;
using Heron.Core.Randomness;

namespace Heron.Core.Tests.Environments;

public sealed class VectorEnvironmentTests
{
    [Fact]
    public void Constructor_NewCopies_HaveNotStarted()
    {
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(), 2);

        Assert.False(vector.HasStarted(1));
        Assert.False(vector.IsEpisodeOver(1));
        Assert.Equal(2, vector.Count);
        Assert.Equal(8, vector.Observations.All.Length);
        Assert.Equal(0, vector.FinalObservations.RowLength);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, -1)]
    public void Constructor_NumberOutOfRange_Throws(int count, int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VectorEnvironment(CounterEnvironment.Factory(), count, threads: threads));

    [Fact]
    public void Constructor_TooManyCopies_SaysHowManyFit()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new VectorEnvironment(CounterEnvironment.Factory(), int.MaxValue));

        Assert.Contains("Use fewer copies", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reset_BaseSeed_SeedsCopiesInOrder()
    {
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(), 3);

        vector.Reset(uint.MaxValue);

        Assert.Equal([uint.MaxValue, 0, 1], vector.EpisodeSeeds.All.ToArray());
        Assert.All(vector.CopyFlags.All.ToArray(), flags => Assert.Equal(CopyFlags.WasReset, flags));
        Assert.Equal(1, vector.Observations.Row(2)[0]);
    }

    [Fact]
    public void Reset_WithoutSeed_FollowsOnFromTheLast()
    {
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(), 2);
        vector.Reset(7);

        vector.Reset();

        Assert.Equal([EpisodeSeed.Next(7), EpisodeSeed.Next(8)], vector.EpisodeSeeds.All.ToArray());
    }

    [Fact]
    public void Reset_WithoutAnySeedAtFirst_DiffersBetweenEnvironments()
    {
        using var one = new VectorEnvironment(CounterEnvironment.Factory(), 4);
        using var other = new VectorEnvironment(CounterEnvironment.Factory(), 4);

        one.Reset();
        other.Reset();

        // Fails by chance once in 2^32 runs.
        Assert.NotEqual(one.EpisodeSeeds.All[0], other.EpisodeSeeds.All[0]);
        Assert.Equal(EpisodeSeed.ForCopy(one.EpisodeSeeds.All[0], 3), one.EpisodeSeeds.All[3]);
    }

    [Fact]
    public void Reset_Mask_ResetsOnlyThoseCopies()
    {
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(), 3);
        vector.Reset(0);
        vector.Step();

        vector.Reset([0, 1, 0], [50, 51, 52]);

        Assert.Equal([0u, 51, 2], vector.EpisodeSeeds.All.ToArray());
        Assert.Equal([1, 0, 1], vector.EpisodeSteps.All.ToArray());
        Assert.Equal([CopyFlags.None, CopyFlags.WasReset, CopyFlags.None], vector.CopyFlags.All.ToArray());
        Assert.Equal([1f, 1f, 0f, 0f, 1f, 1f], vector.Rewards.All.ToArray());
    }

    [Fact]
    public void Reset_MaskWithoutSeeds_FollowsOnOrStartsAtRandom()
    {
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(), 2);
        vector.Reset([1, 0], [5, 0]);

        vector.Reset([], []);

        Assert.Equal(EpisodeSeed.Next(5), vector.EpisodeSeeds.All[0]);
        Assert.True(vector.HasStarted(1));
    }

    [Fact]
    public void Reset_MalformedMaskOrSeeds_ThrowsAndChangesNothing()
    {
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(), 2);
        vector.Reset(3);
        vector.Step();

        Assert.Contains("2 copies", Assert.Throws<ArgumentException>(() => vector.Reset([1], [])).Message, StringComparison.Ordinal);
        Assert.Contains("3 episode seeds", Assert.Throws<ArgumentException>(() => vector.Reset([], [1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("2 for copy 1", Assert.Throws<ArgumentException>(() => vector.Reset([1, 2], [])).Message, StringComparison.Ordinal);
        Assert.Equal([1, 1], vector.EpisodeSteps.All.ToArray());
    }

    [Fact]
    public void Step_BeforeReset_NamesCopyAndCallAndChangesNothing()
    {
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(), 2, AutoresetMode.SameStep);
        vector.Reset([1, 0], [5, 0]);

        EpisodeStateException error = Assert.Throws<EpisodeStateException>(vector.Step);

        Assert.Contains("Copy 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("Reset", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, vector.EpisodeSteps.All[0]);
    }

    [Fact]
    public void Step_CopyOverWithoutAutoreset_NamesCopyAndChangesNothing()
    {
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(2), 2);
        vector.Reset(0);
        vector.Step();
        vector.Reset([1, 0], [9, 0]);
        vector.Step();

        EpisodeStateException error = Assert.Throws<EpisodeStateException>(vector.Step);

        Assert.True(vector.IsEpisodeOver(1));
        Assert.Equal([CopyFlags.None, CopyFlags.Ended], vector.CopyFlags.All.ToArray());
        Assert.Contains("copy 1", error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2], vector.EpisodeSteps.All.ToArray());
    }

    [Fact]
    public void Step_NextStepMode_ResetsInTheCallAfterTheLast()
    {
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(2), 2, AutoresetMode.NextStep);
        vector.Reset(0);
        vector.Step();
        vector.Reset([1, 0], [9, 0]);
        vector.Step();

        vector.ContinuousActions.All.Fill(0.5f);
        vector.Step();

        Assert.Equal([CopyFlags.Ended, CopyFlags.WasReset], vector.CopyFlags.All.ToArray());
        Assert.Equal([2.5f, 2f, 0f, 0f], vector.Rewards.All.ToArray());
        Assert.Equal([9u, EpisodeSeed.Next(1)], vector.EpisodeSeeds.All.ToArray());
        Assert.Equal([2, 0], vector.EpisodeSteps.All.ToArray());
        Assert.Equal(AgentFlags.Observed | AgentFlags.Terminated, vector.AgentFlags.Row(0)[0]);
        Assert.Equal(AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct, vector.AgentFlags.Row(1)[0]);
        Assert.True(vector.IsEpisodeOver(0));
        Assert.False(vector.IsEpisodeOver(1));
    }

    [Fact]
    public void Step_SameStepMode_KeepsRewardsAndFinalResultsOfTheOldEpisode()
    {
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(2), 1, AutoresetMode.SameStep);
        vector.Reset(4);
        vector.Step();

        vector.ContinuousActions.All.Fill(0.5f);
        vector.Step();

        Assert.Equal(CopyFlags.Ended | CopyFlags.WasReset, vector.CopyFlags.All[0]);
        Assert.Equal([2.5f, 2f], vector.Rewards.All.ToArray());
        Assert.Equal([4f, 2f, 4f, 2f], vector.FinalObservations.All.ToArray());
        Assert.Equal([AgentFlags.Observed | AgentFlags.Terminated, AgentFlags.Observed | AgentFlags.Truncated], vector.FinalAgentFlags.All.ToArray());
        Assert.Equal([2f], vector.FinalMetrics.All.ToArray());
        Assert.Equal([EpisodeSeed.Next(4) % 100, 0f], vector.Observations.All[..2].ToArray());
        Assert.Equal([0f], vector.Metrics.All.ToArray());
        Assert.Equal(0, vector.EpisodeSteps.All[0]);
        Assert.False(vector.IsEpisodeOver(0));
    }

    [Fact]
    public void Step_EnvironmentThrowsOnAnyThread_ReachesTheCaller()
    {
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(brokenSeed: 90), 100, threads: 3);
        vector.Reset(0);

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(vector.Step);

        Assert.Equal("broken at 90", error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Step_AnyNumberOfThreads_EqualsSingleCopies(int threads)
    {
        const int Count = 37;
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(), Count, AutoresetMode.NextStep, threads);
        vector.Reset(11);

        for (int step = 0; step < 10; step++)
        {
            vector.Step();
        }

        for (int copy = 0; copy < Count; copy++)
        {
            using var single = new VectorEnvironment(CounterEnvironment.Factory(), 1, AutoresetMode.NextStep);
            single.Reset(11 + (uint)copy);
            for (int step = 0; step < 10; step++)
            {
                single.Step();
            }

            Assert.Equal(single.Observations.All.ToArray(), vector.Observations.Row(copy).ToArray());
            Assert.Equal(single.StateDigest(0), vector.StateDigest(copy));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Step_AfterDispose_ThrowsAndKeepsTheResults(int threads)
    {
        var vector = new VectorEnvironment(CounterEnvironment.Factory(), 4, AutoresetMode.NextStep, threads);
        vector.Reset(11);
        float[] observations = vector.Observations.All.ToArray();

        vector.Dispose();
        vector.Dispose();

        Assert.Contains(nameof(VectorEnvironment), Assert.Throws<ObjectDisposedException>(vector.Step).Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => vector.Reset(1));
        Assert.Equal(observations, vector.Observations.All.ToArray());
    }

    [Fact]
    public void Render_WrongCopyModeOrTime_SaysWhatIsAllowed()
    {
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(), 2);

        Assert.Throws<EpisodeStateException>(() => vector.Render(0, "ansi"));
        vector.Reset(5);

        Assert.Contains("copies 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => vector.Render(2, "ansi")).Message, StringComparison.Ordinal);
        Assert.Contains("Modes: ansi", Assert.Throws<ArgumentException>(() => vector.Render(0, "rgb")).Message, StringComparison.Ordinal);
        Assert.Equal("seed 6 step 0", vector.Render(1, "ansi"));
    }
}
