using Heron.Core.Environments;
using Heron.Core.Environments.Wrappers;

namespace Heron.Core.Tests.Environments.Wrappers;

public sealed class ExposedAgentsTests
{
    [Fact]
    public void Of_OneAgent_HidesTheOthersAndTheirFlags()
    {
        using var vector = new VectorEnvironment(ExposedAgents.Of(CounterEnvironment.Factory(2), ["b"]), 1);
        vector.Reset(7);
        vector.DiscreteActions.All[0] = 2;

        vector.Step();

        Assert.Equal("b", Assert.Single(vector.Spec.Agents).Id);
        Assert.Equal(["episode_steps"], vector.Spec.Parameters.Keys);
        Assert.Equal(0, vector.ContinuousActions.RowLength);
        Assert.Equal([7f, 1f], vector.Observations.All.ToArray());
        Assert.Equal([3f], vector.Rewards.All.ToArray());
        Assert.Equal([1f], vector.Metrics.All.ToArray());
        vector.Step();
        Assert.Equal([AgentFlags.Observed | AgentFlags.Truncated], vector.AgentFlags.All.ToArray());
        Assert.True(vector.IsEpisodeOver(0));
    }

    [Fact]
    public void Of_AnyOrder_KeepsTheOrderOfTheEnvironment()
    {
        EnvironmentFactory factory = CounterEnvironment.Factory();

        Assert.Same(factory, ExposedAgents.Of(factory, ["b", "a"]));
        Assert.Same(factory, ExposedAgents.Of(factory, []));
    }

    [Fact]
    public void Of_UnknownOrRepeatedAgent_NamesIt()
    {
        EnvironmentFactory factory = CounterEnvironment.Factory();

        Assert.Contains("no agent 'c'", Assert.Throws<ArgumentException>(() => ExposedAgents.Of(factory, ["c"])).Message, StringComparison.Ordinal);
        Assert.Contains("'a' is named twice", Assert.Throws<ArgumentException>(() => ExposedAgents.Of(factory, ["a", "a"])).Message, StringComparison.Ordinal);
    }
}
