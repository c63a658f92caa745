using Heron.Core.Environments;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Environments;

/// <summary>The order of a step, and what each phase may see.</summary>
public sealed class StepPipelineTests
{
    // By hand: 0.5 + 0.1 * 0.5 - 0.01 = 0.54 and 0.5 - 0.1 - 0.01 = 0.39, mean 0.465; rewards 0.465, -|0.54 - 0.6|, -|0.39 - 0.6|.
    [Fact]
    public void Step_WorkedExample_HasTheKnownValues()
    {
        using var run = new SingleRun(new StorageHierarchy().Factory);
        run.Reset();
        float[][] first = [run.Observation("c"), run.Observation("b0"), run.Observation("b1")];

        run.StepWith(("c", [0.5f, -1f]), ("b0", [0.5f]), ("b1", [-1f]));

        Assert.Equal([[0, 0.5f, 100, 0.5f, 100], [0.5f, 100], [0.5f, 100]], first);
        Assert.Equal([0.465f, 0.54f, 100, 0.39f, 100], run.Observation("c"));
        Assert.Equal([0.54f, 100], run.Observation("b0"));
        Assert.Equal([0.39f, 100], run.Observation("b1"));
        Assert.Equal([0.465f, -0.06f, -0.21f], run.Rewards, (expected, actual) => MathF.Abs(expected - actual) < 1e-6f);
    }

    [Fact]
    public void Step_WorkedExample_CallsInTheFixedOrder()
    {
        var hierarchy = new StorageHierarchy();
        using var run = new SingleRun(hierarchy.Factory);
        run.Reset();
        hierarchy.Calls.Clear();

        run.StepWith(("c", [0.5f, -1f]), ("b0", [0.5f]), ("b1", [-1f]));

        Assert.Equal(
            [
                "pre-step at 0",
                "apply c [0.5, -1]", "apply b0 0.50 to 0.55", "apply b1 0.50 to 0.40",
                "read 0.55 0.40", "simulate 0.54 0.39", "write",
                "observe b0", "observe b1",
                "reward c", "reward b0", "reward b1", "score after 1",
                "terminated b0 at 1", "terminated b1 at 1",
            ],
            hierarchy.Calls);
    }

    [Fact]
    public void Reset_AfterSteps_RestoresInitialValuesAndClock()
    {
        var hierarchy = new StorageHierarchy();
        using var run = new SingleRun(hierarchy.Factory);
        run.Reset();
        run.StepWith(("b0", [1f]), ("b1", [1f]));
        hierarchy.Calls.Clear();

        run.Reset();

        Assert.Equal([0, 0.5f, 100, 0.5f, 100], run.Observation("c"));
        Assert.Equal([0f, 0f, 0f], run.Rewards);
        Assert.Contains("score after 0", hierarchy.Calls);
        Assert.DoesNotContain(hierarchy.Calls, call => call.StartsWith("simulate", StringComparison.Ordinal));
    }

    [Fact]
    public void Step_AgentThatEndsEarly_LeavesWithItsLastRewardAndHoldsNobodyUp()
    {
        using var run = new SingleRun(Countdown.Factory(("short", 1), ("long", 3)));
        run.Reset();

        run.Step();
        (AgentFlags flags, float reward, float[] observation) last = (run.Flags("short"), run.Reward("short"), run.Observation("short"));
        run.Step();

        Assert.Equal(AgentFlags.Observed | AgentFlags.Terminated, last.flags);
        Assert.Equal(1, last.reward);
        Assert.Equal([1], last.observation);
        Assert.Equal(AgentFlags.None, run.Flags("short"));
        Assert.Equal(0, run.Reward("short"));
        Assert.Equal([1], run.Observation("short"));
        Assert.Equal(AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct, run.Flags("long"));
        Assert.Equal(2, run.Reward("long"));
    }

    // "inner" has one agent below it, "outer" has both; neither has an end of its own.
    [Theory]
    [InlineData(false, AgentFlags.Observed | AgentFlags.Terminated)]
    [InlineData(true, AgentFlags.Observed | AgentFlags.Truncated)]
    public void Step_CoordinatorWithoutAnEnd_EndsWithTheLastBelowIt(bool truncates, AgentFlags expected)
    {
        using var run = new SingleRun(Countdown.CoordinatedFactory(truncates, inner: ("short", 1), outer: ("long", 2)));
        run.Reset();

        run.Step();
        AgentFlags[] first = [run.Flags("outer"), run.Flags("inner"), run.Flags("short"), run.Flags("long")];
        run.Step();
        AgentFlags[] second = [run.Flags("outer"), run.Flags("inner"), run.Flags("short"), run.Flags("long")];

        const AgentFlags GoesOn = AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct;
        Assert.Equal([GoesOn, expected, expected, GoesOn], first);
        Assert.Equal([expected, AgentFlags.None, AgentFlags.None, expected], second);
    }

    [Fact]
    public void Step_BeyondTheLastMomentOfTheClock_StandsStill()
    {
        IMultiAgentEnvironment environment = new HeronEnvironmentBuilder("Ages-v0", new HeronEnvironmentOptions { StepSeconds = 5e9 })
            .Add(new PlainSystem()).Add(new PlainField("a"), "system").Build().Create();
        float[] action = [0], reward = [0];
        AgentFlags[] flags = new AgentFlags[1];
        StepBuffers Buffers() => new()
        {
            Layout = environment.Spec.Layout,
            ContinuousActions = action,
            DiscreteActions = [],
            Observations = [],
            Rewards = reward,
            Flags = flags,
            Masks = [],
            Metrics = [],
        };
        environment.Reset(0, Buffers());
        environment.Step(Buffers());
        environment.Step(Buffers());
        environment.Step(Buffers());

        byte[] state = new byte[environment.StateByteCount];
        environment.SaveState(state);
        environment.LoadState(state);

        Assert.StartsWith("step 3, 9223372036.85", environment.Render("ansi"), StringComparison.Ordinal);
    }

    [Fact]
    public void Step_EndByTheRulesAtTheTimeLimit_IsTermination()
    {
        using var run = new SingleRun(Countdown.Factory(maxSteps: 2, truncates: false, ("short", 2), ("long", 3)));
        run.Reset();

        run.Step();
        run.Step();

        Assert.Equal(AgentFlags.Observed | AgentFlags.Terminated, run.Flags("short"));
        Assert.Equal(AgentFlags.Observed | AgentFlags.Truncated, run.Flags("long"));
    }

    [Fact]
    public void Step_AgentThatIsCutOff_IsTruncated()
    {
        using var run = new SingleRun(Countdown.Factory(maxSteps: null, truncates: true, ("short", 1), ("long", 3)));
        run.Reset();

        run.Step();

        Assert.Equal(AgentFlags.Observed | AgentFlags.Truncated, run.Flags("short"));
    }

    [Fact]
    public void Step_AgentWithMaskAndMetrics_ReportsBothForItself()
    {
        using var run = new SingleRun(Countdown.Factory(("short", 1), ("long", 3)));
        run.Reset();
        (byte[] mask, float[] metrics) first = (run.Mask("long"), run.Metrics);

        run.Step();

        Assert.Equal(["short/steps", "long/steps"], run.Spec.MetricNames);
        Assert.True(run.Spec.Agents[1].HasActionMask);
        Assert.Equal([1, 0, 0], first.mask);
        Assert.Equal([0f, 0f], first.metrics);
        Assert.Equal([1, 1, 0], run.Mask("long"));
        Assert.Equal([1f, 1f], run.Metrics);
    }

    // c and b0 are asked, b1 is not: b1's held action of -1 works a second time, b0's new one is clipped to 1.
    [Fact]
    public void Step_AgentThatWasNotAsked_KeepsItsActionInForce()
    {
        var hierarchy = new StorageHierarchy();
        IMultiAgentEnvironment environment = hierarchy.Factory.Create();
        float[] actions = [0, 0, 0, -1], observations = new float[9], rewards = new float[3];
        AgentFlags[] flags = new AgentFlags[3];
        StepBuffers Buffers() => new()
        {
            Layout = environment.Spec.Layout,
            ContinuousActions = actions,
            DiscreteActions = [],
            Observations = observations,
            Rewards = rewards,
            Flags = flags,
            Masks = [],
            Metrics = [],
        };
        environment.Reset(0, Buffers());
        environment.Step(Buffers());
        hierarchy.Calls.Clear();

        flags[2] = AgentFlags.Alive | AgentFlags.Observed;
        (actions[2], actions[3]) = (3, 0.5f);
        environment.Step(Buffers());

        Assert.Contains("apply b0 0.49 to 0.59", hierarchy.Calls);
        Assert.Contains("apply b1 0.39 to 0.29", hierarchy.Calls);
    }
}
