using Heron.Core.Environments;
using Heron.Core.Environments.Wrappers;
using Heron.TestEnvironments.Probe;

namespace Heron.Core.Tests.Environments;

public sealed class VectorStateTests
{
    [Theory]
    [InlineData(AutoresetMode.Disabled)]
    [InlineData(AutoresetMode.NextStep)]
    [InlineData(AutoresetMode.SameStep)]
    public void LoadState_InMidEpisode_ContinuesBitForBit(AutoresetMode mode)
    {
        using var uninterrupted = new VectorEnvironment(CounterEnvironment.Factory(7), 5, mode);
        using var restored = new VectorEnvironment(CounterEnvironment.Factory(7), 5, mode, threads: 2);
        restored.Reset(999);
        uninterrupted.Reset(3);
        Advance(uninterrupted, 11);

        restored.LoadState(Save(uninterrupted));

        Assert.Equal(Save(uninterrupted), Save(restored));
        for (int step = 0; step < 20; step++)
        {
            Advance(uninterrupted, 1);
            Advance(restored, 1);
            Assert.Equal(Save(uninterrupted), Save(restored));
        }
    }

    [Theory]
    [InlineData(AutoresetMode.Disabled)]
    [InlineData(AutoresetMode.NextStep)]
    [InlineData(AutoresetMode.SameStep)]
    public void LoadState_RandomEnvironmentAfterEveryStep_ContinuesBitForBit(AutoresetMode mode)
    {
        EnvironmentFactory probe = OneHotObservations.Of(ExposedAgents.Of(ProbeEnvironment.Definition.Configure(), ["box_0", "mixed_1", "discrete_2"]));
        using var uninterrupted = new VectorEnvironment(probe, 4, mode);
        uninterrupted.Reset(3);
        byte[] carried = Save(uninterrupted);
        for (int step = 0; step < 60; step++)
        {
            using var next = new VectorEnvironment(probe, 4, mode);
            next.LoadState(carried);

            Advance(next, 1);
            Advance(uninterrupted, 1);

            carried = Save(next);
            Assert.Equal(Save(uninterrupted), carried);
        }
    }

    [Fact]
    public void LoadState_CopyRefusesItsPart_PutsTheOthersBack()
    {
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(), 2);
        vector.Reset(3);
        byte[] before = Save(vector);
        using var longer = new VectorEnvironment(WithALongerSecondCopy(), 2);
        longer.Reset(8);
        longer.Step();
        byte[] state = Save(longer);

        Assert.Throws<ArgumentException>(() => vector.LoadState(state));

        Assert.Equal(before, Save(vector));
    }

    [Fact]
    public void LoadState_CopiesThatNeverStarted_StayUnstarted()
    {
        using var source = new VectorEnvironment(CounterEnvironment.Factory(), 2);
        using var target = new VectorEnvironment(CounterEnvironment.Factory(), 2);
        source.Reset([0, 1], [0, 5]);
        target.Reset(1);

        target.LoadState(Save(source));

        Assert.False(target.HasStarted(0));
        Assert.True(target.HasStarted(1));
        Assert.Throws<EpisodeStateException>(target.Step);
    }

    [Fact]
    public void LoadState_FromSameStepModeIntoAnother_ReportsAReset()
    {
        using var source = new VectorEnvironment(CounterEnvironment.Factory(1), 1, AutoresetMode.SameStep);
        using var target = new VectorEnvironment(CounterEnvironment.Factory(1), 1);
        source.Reset(4);
        source.Step();

        target.LoadState(Save(source));

        Assert.Equal(CopyFlags.WasReset, target.CopyFlags.All[0]);
        Assert.Equal([0f, 0f], target.Rewards.All.ToArray());
        Assert.Equal(source.Observations.All.ToArray(), target.Observations.All.ToArray());
        Assert.Equal(source.StateDigest(0), target.StateDigest(0));
    }

    [Fact]
    public void LoadState_EndedEpisodeIntoSameStepMode_HasFinalResultsAndGoesOn()
    {
        using var source = new VectorEnvironment(CounterEnvironment.Factory(1), 1);
        using var target = new VectorEnvironment(CounterEnvironment.Factory(1), 1, AutoresetMode.SameStep);
        source.Reset(4);
        source.Step();

        target.LoadState(Save(source));

        Assert.Equal(source.Observations.All.ToArray(), target.FinalObservations.All.ToArray());
        Assert.Equal(source.AgentFlags.All.ToArray(), target.FinalAgentFlags.All.ToArray());
        target.Step();
        Assert.Equal(CopyFlags.WasReset, target.CopyFlags.All[0]);
    }

    [Fact]
    public void LoadState_StateThatDoesNotFit_NamesTheMismatchAndChangesNothing()
    {
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(), 2);
        vector.Reset(3);
        vector.Step();
        byte[] before = Save(vector);
        using var otherId = new VectorEnvironment(CounterEnvironment.Factory(id: "Counter-v1"), 2);
        using var otherParameters = new VectorEnvironment(CounterEnvironment.Factory(9), 2);
        using var otherCount = new VectorEnvironment(CounterEnvironment.Factory(), 3);
        byte[] otherVersion = Save(vector);
        otherVersion[12]++;
        byte[] damaged = Save(vector);
        damaged[^1]++;

        AssertRefused("environment is Counter-v1, here it is Counter-v0", Save(otherId));
        AssertRefused("parameters is episode_steps = 9, here it is episode_steps = 3", Save(otherParameters));
        AssertRefused("number of copies is 3, here it is 2", Save(otherCount));
        AssertRefused("format version is 2, here it is 1", otherVersion);
        AssertRefused("damaged", damaged);
        AssertRefused("damaged", before[..^1]);
        AssertRefused("no saved state", []);
        AssertRefused("no saved state", new byte[100]);

        void AssertRefused(string part, byte[] state)
        {
            ArgumentException error = Assert.Throws<ArgumentException>(() => vector.LoadState(state));
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
            Assert.Equal(before, Save(vector));
        }
    }

    [Fact]
    public void SaveState_WrongLength_Throws()
    {
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(), 2);

        Assert.Throws<ArgumentException>(() => vector.SaveState(new byte[vector.StateByteCount + 1]));
    }

    [Fact]
    public void StateDigest_DifferentSeedStepOrFlags_Differs()
    {
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(), 2);
        vector.Reset(3);
        uint first = vector.StateDigest(0);

        Assert.NotEqual(first, vector.StateDigest(1));
        vector.Step();
        Assert.NotEqual(first, vector.StateDigest(0));
        vector.Reset(3);
        Assert.Equal(first, vector.StateDigest(0));
    }

    private static byte[] Save(VectorEnvironment vector)
    {
        byte[] state = new byte[vector.StateByteCount];
        vector.SaveState(state);
        return state;
    }

    private static void Advance(VectorEnvironment vector, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            if (vector.AutoresetMode == AutoresetMode.Disabled && vector.IsEpisodeOver(0))
            {
                vector.Reset();
            }
            else
            {
                vector.ContinuousActions.All.Fill(step / 100f);
                vector.Step();
            }
        }
    }

    /// <summary>Says that it is Counter-v0, but the second copy's state has a byte too many.</summary>
    private static EnvironmentFactory WithALongerSecondCopy()
    {
        EnvironmentFactory counter = CounterEnvironment.Factory();
        int copies = 0;
        return new EnvironmentFactory(counter.Spec, () => new PaddedState(counter.Create(), copies++));
    }

    private sealed class PaddedState(IMultiAgentEnvironment inner, int padding) : IMultiAgentEnvironment
    {
        public EnvironmentSpec Spec => inner.Spec;

        public int StateByteCount => inner.StateByteCount + padding;

        public void Reset(uint seed, in StepBuffers buffers) => inner.Reset(seed, buffers);

        public void Step(in StepBuffers buffers) => inner.Step(buffers);

        public void SaveState(Span<byte> destination) => inner.SaveState(destination[padding..]);

        public void LoadState(ReadOnlySpan<byte> source) => inner.LoadState(source[padding..]);
    }
}
