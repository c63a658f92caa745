using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Core.Randomness;
using Heron.Core.Spaces;
using Heron.Simulations.Tests.Shared;

namespace Heron.Simulations.Tests.SimpleMicrogrids;

public sealed class SimpleMicrogridsTests
{
    private static EnvironmentRun Start(params (string Name, object Value)[] parameters)
    {
        var run = new EnvironmentRun("SimpleMicrogrids-v0", parameters);
        run.Reset();
        return run;
    }

    private static void StepWith(EnvironmentRun run, float battery, float generator) =>
        run.StepWith([.. run.Spec.Agents.Select(agent => agent.Id.EndsWith("_bat", StringComparison.Ordinal) ? battery : generator)]);

    [Fact]
    public void Spec_Default_HasTheTutorialsTree()
    {
        EnvironmentSpec spec = Start().Spec;

        Assert.Equal(["mg_0_bat", "mg_0_gen", "mg_1_bat", "mg_1_gen", "mg_2_bat", "mg_2_gen"], spec.Agents.Select(agent => agent.Id));
        Assert.Equal(["grid_system", "mg_0", "mg_0_bat", "mg_0_gen", "mg_1", "mg_1_bat", "mg_1_gen", "mg_2", "mg_2_bat", "mg_2_gen"], spec.Hierarchy.Select(node => node.Id));
        Assert.Equal([AgentLevel.System, AgentLevel.Coordinator, AgentLevel.Field], spec.Hierarchy.Take(3).Select(node => node.Level));
        Assert.Equal([null, "grid_system", "mg_0", "mg_0"], spec.Hierarchy.Take(4).Select(node => node.ParentId));
        Assert.Equal((48, 3600.0), (spec.MaxEpisodeSteps, spec.StepSeconds));
        Assert.Equal(["cost", "safety", "frequency_hz"], spec.MetricNames);
        Assert.Equal("Box(-1, 1, (1,), float32)", spec.Agents[0].ActionSpace.ToString());
        Assert.Equal("Box(0, 1, (1,), float32)", spec.Agents[1].ActionSpace.ToString());
        Assert.All(spec.Agents, agent => Assert.Equal(2, Assert.IsType<BoxSpace>(agent.ObservationSpace).Length));
    }

    [Fact]
    public void Reset_Default_StartsHalfFullAndStill()
    {
        EnvironmentRun run = Start();

        Assert.Equal([0.5f, 0.3f], run.Observation("mg_0_bat"));
        Assert.Equal([0f, 0.4f], run.Observation("mg_1_gen"));
        Assert.Equal([0f, 0.25f], run.Observation("mg_2_gen"));
        Assert.Equal([0f, 0f, 60f], run.Metrics);
        Assert.All(run.Rewards, reward => Assert.Equal(0, reward));
    }

    [Fact]
    public void Step_AllZero_CostsNothing()
    {
        EnvironmentRun run = Start();

        for (int i = 0; i < 3; i++)
        {
            StepWith(run, battery: 0, generator: 0);

            Assert.All(run.Rewards, reward => Assert.Equal(BitConverter.SingleToInt32Bits(0f), BitConverter.SingleToInt32Bits(reward)));
            Assert.Equal(59.905f, run.Metric("frequency_hz"));
        }
    }

    [Fact]
    public void Step_GeneratorsAtFullPower_Cost750()
    {
        EnvironmentRun run = Start();

        StepWith(run, battery: 0, generator: 1);

        Assert.Equal([750f, 0f, 60.055f], run.Metrics);
        Assert.All(run.Rewards, reward => Assert.Equal(-125f, reward));
    }

    // soc 0.5 -> 0.75 -> 1.0, clipped to 0.90 -> 0.90; safety per battery 0, 0.1, 0.1; reward -10 * 3 * 0.1 / 6 = -0.5.
    [Fact]
    public void Step_ChargingAtFullPower_HitsTheUpperLimit()
    {
        EnvironmentRun run = Start();
        var charges = new List<float>();
        var rewards = new List<float>();

        for (int i = 0; i < 3; i++)
        {
            StepWith(run, battery: 1, generator: 0);
            charges.Add(run.Observation("mg_0_bat")[0]);
            rewards.Add(run.Rewards[0]);
        }

        Assert.Equal([0.75f, 0.9f, 0.9f], charges);
        Assert.Equal([0f, -0.5f, -0.5f], rewards);
        Assert.Equal(0.3f, run.Metric("safety"), 1e-6f);
    }

    [Fact]
    public void Step_ActionsOutsideTheBox_AreClipped()
    {
        EnvironmentRun run = Start();

        StepWith(run, battery: -40, generator: 7);

        Assert.Equal(0.25f, run.Observation("mg_0_bat")[0]);
        Assert.Equal(1f, run.Observation("mg_0_gen")[0]);
    }

    [Fact]
    public void Step_OwnRewards_ArePaidToTheAgentThatCausedThem()
    {
        EnvironmentRun run = Start(("share_reward", false), ("penalty", 4.0));

        StepWith(run, battery: 1, generator: 0.5f);
        StepWith(run, battery: 1, generator: 0.5f);

        Assert.Equal([-0.4f, -125f, -0.4f, -125f, -0.4f, -125f], run.Rewards);
    }

    [Theory]
    [InlineData(false, AgentFlags.Observed | AgentFlags.Truncated)]
    [InlineData(true, AgentFlags.Observed | AgentFlags.Terminated)]
    public void Step_LastOfTheEpisode_EndsAllAgents(bool timeLimitTerminates, AgentFlags expected)
    {
        EnvironmentRun run = Start(("max_episode_steps", 2), ("time_limit_terminates", timeLimitTerminates));

        StepWith(run, 0, 0);
        AgentFlags[] first = [.. run.Flags];
        StepWith(run, 0, 0);

        Assert.All(first, flags => Assert.Equal(AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct, flags));
        Assert.All(run.Flags, flags => Assert.Equal(expected, flags));
    }

    [Fact]
    public void Configure_MoreMicrogridsThanLoads_TakesThemInTurn()
    {
        EnvironmentRun run = Start(("num_microgrids", 5), ("loads", new[] { 1.0, 2.0 }));

        Assert.Equal([0.1f, 0.2f, 0.1f, 0.2f, 0.1f], Enumerable.Range(0, 5).Select(i => run.Observation($"mg_{i}_gen")[1]));
    }

    // A generator's action is uniform in [0, 1], so its mean cost is 125 $; three of them 375 $.
    // Every load is public, so what each device could see grows with their number; only what it does see may cost memory.
    [Fact]
    public void Configure_MostMicrogrids_TakesMemoryInProportion()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        EnvironmentRun run = Start(("num_microgrids", 10_000));

        Assert.Equal(20_000, run.Spec.Agents.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000_000);
    }

    [Fact]
    public void Step_RandomPlay_HasTheKnownMeans()
    {
        const int Episodes = 400;
        EnvironmentRun run = Start();
        var random = new RandomStream(11);
        double cost = 0, episodeReturn = 0;

        for (int episode = 0; episode < Episodes; episode++)
        {
            run.Reset();
            while (!run.IsOver)
            {
                run.SampleActions(ref random);
                run.Step();
                cost += run.Metric("cost");
                episodeReturn += run.Rewards.Sum();
            }
        }

        // 400 * 48 steps with a standard deviation of 125 $ each: the mean is good to about 1 $.
        Assert.Equal(375, cost / (Episodes * 48), tolerance: 4);
        Assert.Equal(-18_000, episodeReturn / Episodes, tolerance: 250);
    }

    // Full charging power from 0.5: 0.75 after the first run of the physics, then the limit of 0.9, though batteries decide 300 times in between.
    [Fact]
    public void RunUntil_ChargingAtFullPower_MovesTheChargeOncePerRunOfThePhysics()
    {
        var charge = new RuleBasedPolicy((in PolicyContext context) =>
        {
            context.Continuous[0] = 1;
            return true;
        });
        EnvironmentFactory factory = HeronEnvironments.AddTo(new EnvironmentRegistry()).Make("SimpleMicrogrids-v0");
        var run = new EventDrivenRun(factory, new PolicyActions(("*_bat", charge)));

        run.RunUntil(900.5);

        Assert.Equal(3, run.Scheduler.Summarize().PhysicsRuns);
        Assert.Equal([0.5f, 0.75f, 0.9f], run.Decisions.Where(decision => decision.Agent == "mg_0_bat").Select(decision => decision.Observation[0]).Distinct());
        Assert.Equal([0f, -0.5f, -0.5f], run.RewardsOf("mg_0_bat").Select(reward => MathF.Round(reward, 6)));
    }

    [Fact]
    public void Render_AfterAStep_ShowsTheTree()
    {
        EnvironmentRun run = Start(("num_microgrids", 1));
        StepWith(run, battery: 0.5f, generator: 0.2f);

        string text = run.Environment.Render("ansi");

        Assert.Equal(
            """
            step 1, 3600 s
            grid_system  system_frequency.frequency_hz = 59.98 Hz
              mg_0  microgrid_load.p_mw = 3 MW
                mg_0_bat  step_cost.cost = 0 $  step_cost.safety = 0  battery_soc.soc = 0.625 fraction  battery_soc.capacity_mwh = 2 MWh  battery_power.p_mw = 0.25 MW
                mg_0_gen  step_cost.cost = 50 $  step_cost.safety = 0  gen_output.p_mw = 1 MW  gen_output.p_max_mw = 5 MW

            """,
            text);
    }
}
