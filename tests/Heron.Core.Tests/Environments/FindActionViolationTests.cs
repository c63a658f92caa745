using Heron.Core.Environments;
using Heron.Core.Spaces;

namespace Heron.Core.Tests.Environments;

public sealed class FindActionViolationTests
{
    [Fact]
    public void FindActionViolation_ActionsInSpace_ReturnsNull()
    {
        using VectorEnvironment vector = Started();
        vector.ContinuousActions.All.Fill(-7);
        vector.DiscreteActions.All.Fill(2);

        Assert.Null(vector.FindActionViolation());
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void FindActionViolation_NotFinite_NamesCopyAgentAndRange(float value, string text)
    {
        using VectorEnvironment vector = Started();
        vector.ContinuousActions.Row(17)[0] = value;

        ActionViolation? violation = vector.FindActionViolation();

        Assert.NotNull(violation);
        Assert.Equal((17, "a", 0, text), (violation.Copy, violation.AgentId, violation.Index, violation.Value));
        Assert.Contains("from -1 to 1", violation.Allowed, StringComparison.Ordinal);
        Assert.Contains("'a' in copy 17", violation.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void FindActionViolation_NoSuchCategory_NamesCopyAgentAndRange(int category)
    {
        using VectorEnvironment vector = Started();
        vector.DiscreteActions.Row(18)[0] = category;

        ActionViolation? violation = vector.FindActionViolation();

        Assert.NotNull(violation);
        Assert.Equal((18, "b", 0), (violation.Copy, violation.AgentId, violation.Index));
        Assert.Equal("a whole number from 0 to 2", violation.Allowed);
    }

    [Fact]
    public void FindActionViolation_ManyHeads_ChecksEachAgainstItsOwnSize()
    {
        // 19 heads of 1 to 19 categories: several vector widths and a rest.
        int[] sizes = [.. Enumerable.Range(1, 19)];
        var spec = new EnvironmentSpec("Heads-v0", [new AgentSpec("a", AgentLevel.Field, null, BoxSpace.Unbounded(1), new MultiDiscreteSpace(sizes))]);
        using var vector = new VectorEnvironment(new EnvironmentFactory(spec, () => new AlwaysActing(spec)), 3);
        vector.Reset(0);
        for (int head = 0; head < sizes.Length; head++)
        {
            vector.DiscreteActions.Row(1)[head] = sizes[head];
            Assert.Equal(head, vector.FindActionViolation()?.Index);

            vector.DiscreteActions.Row(1)[head] = sizes[head] - 1;
            Assert.Null(vector.FindActionViolation());
        }
    }

    [Fact]
    public void FindActionViolation_AgentsThatNeedNotAct_AreNotLookedAt()
    {
        using VectorEnvironment vector = Started(episodeSteps: 1);
        vector.Step();
        vector.ContinuousActions.All.Fill(float.NaN);
        vector.DiscreteActions.All.Fill(99);

        Assert.Null(vector.FindActionViolation());
    }

    private static VectorEnvironment Started(int episodeSteps = 3)
    {
        var vector = new VectorEnvironment(CounterEnvironment.Factory(episodeSteps), 19);
        vector.Reset(0);
        return vector;
    }

    private sealed class AlwaysActing(EnvironmentSpec spec) : IMultiAgentEnvironment
    {
        public EnvironmentSpec Spec => spec;

        public int StateByteCount => 0;

        public void Reset(uint seed, in StepBuffers buffers) => buffers.Flags.Fill(AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct);

        public void Step(in StepBuffers buffers)
        {
        }

        public void SaveState(Span<byte> destination)
        {
        }

        public void LoadState(ReadOnlySpan<byte> source)
        {
        }
    }
}
