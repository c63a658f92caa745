using Heron.Core.Environments;
using Heron.Core.Environments.Wrappers;
using Heron.TestEnvironments.Probe;

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

    [Fact]
    public void Of_OnlyAnAgentThatJoinsLate_StartsWhenItJoins()
    {
        EnvironmentFactory whole = ProbeEnvironment.Definition.Configure();
        using var all = new VectorEnvironment(whole, 1);
        using var shown = new VectorEnvironment(ExposedAgents.Of(whole, ["discrete_2"]), 1);
        int index = whole.Spec.IndexOf("discrete_2");
        whole.Spec.Agents.Select((agent, i) => (agent, i)).ToList().ForEach(pair =>
            pair.agent.ActionSpace.WriteNeutral(all.ContinuousActions.All[whole.Spec.Layout.Continuous(pair.i)], all.DiscreteActions.All[whole.Spec.Layout.Discrete(pair.i)]));
        all.Reset(3);
        while (all.AgentFlags.All[index] == AgentFlags.None)
        {
            all.Step();
        }

        shown.Reset(3);

        Assert.NotEqual(0, all.EpisodeSteps.All[0]);
        Assert.Equal(0, shown.EpisodeSteps.All[0]);
        for (; !shown.IsEpisodeOver(0); all.Step(), shown.Step())
        {
            Assert.Equal(all.AgentFlags.All[index], shown.AgentFlags.All[0]);
            Assert.Equal(all.Observations.All[whole.Spec.Layout.Observation(index)].ToArray(), shown.Observations.All.ToArray());
            Assert.Equal(all.Masks.All[whole.Spec.Layout.Mask(index)].ToArray(), shown.Masks.All.ToArray());
        }

        Assert.Equal(all.AgentFlags.All[index], shown.AgentFlags.All[0]);
    }
}
