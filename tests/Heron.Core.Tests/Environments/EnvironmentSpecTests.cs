using Heron.Core.Environments;
using Heron.Core.Spaces;

namespace Heron.Core.Tests.Environments;

public sealed class EnvironmentSpecTests
{
    private static readonly AgentSpec Mixed =
        new("mixed", AgentLevel.Field, "top", new BoxSpace(-1, 1, 3), new MixedSpace(new BoxSpace(0, 1, 2), new MultiDiscreteSpace(3, 2))) { HasActionMask = true };

    private static readonly AgentSpec Discrete = new("discrete", AgentLevel.Coordinator, null, new MultiDiscreteSpace(4, 4), new DiscreteSpace(5)) { HasActionMask = true };

    private static readonly AgentSpec Unmasked = new("unmasked", AgentLevel.Field, null, new DiscreteSpace(2), new DiscreteSpace(7));

    [Fact]
    public void Layout_SeveralAgents_PlacesThemSideBySide()
    {
        EnvironmentLayout layout = new EnvironmentSpec("Layout-v0", [Mixed, Unmasked, Discrete]).Layout;

        Assert.Equal((3, 6, 2, 4, 10), (layout.AgentCount, layout.ObservationLength, layout.ContinuousLength, layout.DiscreteLength, layout.MaskLength));
        Assert.Equal([0..3, 3..4, 4..6], Enumerable.Range(0, 3).Select(layout.Observation));
        Assert.Equal([0..2, 2..2, 2..2], Enumerable.Range(0, 3).Select(layout.Continuous));
        Assert.Equal([0..2, 2..3, 3..4], Enumerable.Range(0, 3).Select(layout.Discrete));
        Assert.Equal([0..5, 5..5, 5..10], Enumerable.Range(0, 3).Select(layout.Mask));
    }

    [Fact]
    public void IndexOf_KnownAndUnknownAgent_FindsItOrNamesThoseThereAre()
    {
        var spec = new EnvironmentSpec("Layout-v0", [Mixed, Discrete]);

        Assert.Equal(1, spec.IndexOf("discrete"));
        Assert.Contains(
            "Layout-v0 has no agent 'Mixed'. Its agents are: mixed, discrete.", Assert.Throws<ArgumentException>(() => spec.IndexOf("Mixed")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_AgentsThatDoNotFit_NamesThem()
    {
        AgentSpec badMask = new("box", AgentLevel.Field, null, new BoxSpace(0, 1), new BoxSpace(0, 1)) { HasActionMask = true };

        AssertRefused("has no agent");
        AssertRefused("two agents named 'mixed'", Mixed, Mixed);
        AssertRefused("Agent 'box' of Bad-v0 declares an action mask", badMask);
        AssertRefused("'mixed' of Bad-v0 has 2 observation labels for 3 numbers", Mixed with { ObservationLabels = ["a", "b"] });
        AssertRefused("'mixed' of Bad-v0 has 1 action labels for 4 numbers", Mixed with { ActionLabels = ["a"] });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void MaxEpisodeSteps_BelowOne_Throws(int limit)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => new EnvironmentSpec("Layout-v0", [Mixed]) { MaxEpisodeSteps = limit });

        Assert.Contains("at least 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MetricNames_NameTwice_NamesIt()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new EnvironmentSpec("Layout-v0", [Mixed]) { MetricNames = ["cost", "safety", "cost"] });

        Assert.Contains("Layout-v0 has two metrics named 'cost'", error.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(string part, params AgentSpec[] agents) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(() => new EnvironmentSpec("Bad-v0", agents)).Message, StringComparison.Ordinal);
}
