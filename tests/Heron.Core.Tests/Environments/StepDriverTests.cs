using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.TestEnvironments.Probe;

namespace Heron.Core.Tests.Environments;

public sealed class StepDriverTests
{
    // What the driver does with random actions, a vector environment does with the same ones.
    [Fact]
    public void Step_RandomActions_EqualsTheVectorEnvironmentBitForBit()
    {
        EnvironmentFactory factory = ProbeEnvironment.Definition.Configure();
        using var vector = new VectorEnvironment(factory, 1);
        var random = new RandomActions();
        var source = new ScriptedSource((in ActionRequest request) =>
        {
            random.Act(request);
            request.ContinuousActions.CopyTo(vector.ContinuousActions.All);
            request.DiscreteActions.CopyTo(vector.DiscreteActions.All);
        });
        using var driver = new StepDriver(factory, source);
        driver.Reset(4);
        vector.Reset(4);
        double[] returns = new double[factory.Spec.Agents.Count];

        while (!driver.IsOver)
        {
            driver.Step();
            vector.Step();
            for (int agent = 0; agent < returns.Length; agent++)
            {
                returns[agent] += vector.Rewards.All[agent];
            }

            Assert.Equal(vector.Observations.All, driver.Observations);
            Assert.Equal(vector.AgentFlags.All.ToArray(), driver.Flags.ToArray());
            Assert.Equal(vector.Metrics.All, driver.Metrics);
            Assert.Equal(vector.EpisodeSteps.All[0], driver.Steps);
        }

        Assert.True(vector.IsEpisodeOver(0));
        Assert.Equal(returns, driver.Returns);
        Assert.Equal("begin 6 agents, seed 4", source.Asked[0]);
    }

    [Fact]
    public void Step_SameSeed_AsksAndPlaysTheSameAgain()
    {
        using var driver = new StepDriver(ProbeEnvironment.Definition.Configure(), new RandomActions());

        float[] first = Play(driver, 9);
        float[] other = Play(driver, 10);
        float[] again = Play(driver, 9);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Act_EveryRequest_TellsTheRewardsSinceTheLastOne()
    {
        var rewards = new List<float[]>();
        var source = new ScriptedSource((in ActionRequest request) =>
        {
            rewards.Add(request.Rewards.ToArray());
            request.Continuous(0)[0] = 0.5f;
            request.Discrete(1)[0] = 2;
        });
        using var driver = new StepDriver(CounterEnvironment.Factory(episodeSteps: 2), source);
        driver.Reset(1);

        driver.Step();
        driver.Step();

        Assert.Equal([[0f, 0f], [1.5f, 3f]], rewards);
        Assert.Equal([2.5f, 4f], driver.RewardsSinceAsked);
        Assert.Equal([4.0, 7.0], driver.Returns);
        Assert.Equal(["begin 2 agents, seed 1", "1 at 0 s: a, b", "2 at 0 s: a, b"], source.Asked);
    }

    [Fact]
    public void Decline_KeepsTheActionGivenLast()
    {
        var source = new ScriptedSource((in ActionRequest request) =>
        {
            request.Continuous(0)[0] = 1;
            request.Discrete(1)[0] = 2;
            if (request.Number != 2)
            {
                request.Decline(0);
                request.Decline(1);
            }
        });
        using var driver = new StepDriver(CounterEnvironment.Factory(), source);
        driver.Reset(1);
        var returns = new List<double[]>();

        for (int i = 0; i < 3; i++)
        {
            driver.Step();
            returns.Add(driver.Returns.ToArray());
        }

        // Rewards are step + action: neutral first, then given, then kept.
        Assert.Equal([[1, 1], [1 + 3, 1 + 4], [1 + 3 + 4, 1 + 4 + 5]], returns);
    }

    [Fact]
    public void Step_ActionThatIsNoNumber_NamesTheAgentAndStepsNothing()
    {
        var source = new ScriptedSource((in ActionRequest request) => request.Continuous(0)[0] = float.NaN);
        using var driver = new StepDriver(CounterEnvironment.Factory(), source);
        driver.Reset(1);

        string message = Assert.Throws<ArgumentException>(driver.Step).Message;

        Assert.Contains("agent 'a'", message, StringComparison.Ordinal);
        Assert.Equal(0, driver.Steps);
    }

    [Fact]
    public void NeutralActions_Act_TakesTheMiddleAndTheFirstAllowedCategory()
    {
        var neutral = new NeutralActions();
        float? middle = null;
        int? category = null;
        var source = new ScriptedSource((in ActionRequest request) =>
        {
            request.Continuous(0)[0] = 1;
            neutral.Act(request);
            (middle, category) = (request.Continuous(0)[0], request.Discrete(1)[0]);
        });
        using var driver = new StepDriver(CounterEnvironment.Factory(), source);
        driver.Reset(1);

        driver.Step();

        Assert.Equal((0f, 0), (middle, category));
    }

    private static float[] Play(StepDriver driver, uint seed)
    {
        var seen = new List<float>();
        for (driver.Reset(seed); !driver.IsOver; driver.Step())
        {
            for (int agent = 0; agent < driver.Flags.Length; agent++)
            {
                // What others left there in an earlier episode means nothing.
                seen.AddRange((driver.Flags[agent] & AgentFlags.Observed) == 0 ? [] : driver.Observations[driver.Spec.Layout.Observation(agent)]);
            }
        }

        return [.. seen];
    }
}
