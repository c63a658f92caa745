using Heron.Core.Environments;
using Heron.Simulations.Tests.Shared;
using Heron.Simulations.TwoRoomHeating;

namespace Heron.Simulations.Tests.TwoRoomHeating;

/// <summary>The levels of TwoRoomHeating in step mode.</summary>
public sealed class TwoRoomHeatingTests
{
    private const AgentFlags Asked = AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct;
    private const AgentFlags NotAsked = AgentFlags.Alive | AgentFlags.Observed;

    private static EnvironmentRun Start(int level, params (string Name, object Value)[] parameters)
    {
        var run = new EnvironmentRun($"TwoRoomHeating-v{level}", parameters);
        run.Reset();
        return run;
    }

    public static TheoryData<int, string[], string[]> Trees { get; } = new()
    {
        { 0, ["system_agent", "heater_a", "heater_b"], ["heater_a 2", "heater_b 2"] },
        { 1, ["system_agent", "heater_a", "heater_b", "building_ctrl"], ["heater_a 2", "heater_b 2", "building_ctrl 4"] },
        { 2, ["system_agent", "heater_a", "heater_b", "building_ctrl", "building_ctrl/vent"], ["heater_a 2", "heater_b 2", "building_ctrl 5", "vent 1"] },
        { 3, ["system_agent", "heater_a", "heater_b", "building_ctrl", "building_ctrl/vent"], ["heater_a 3", "heater_b 3", "building_ctrl 5", "vent 1"] },
        { 4, ["system_agent", "heater_a", "heater_b", "building_ctrl", "building_ctrl/vent"], ["heater_a 2", "heater_b 2", "building_ctrl 5", "vent 1"] },
        { 5, ["system_agent", "heater_a", "heater_b", "building_ctrl", "building_ctrl/vent"], ["heater_a 2", "heater_b 2", "building_ctrl 5", "vent 1"] },
        { 6, ["system_agent", "heater_a", "heater_b", "building_ctrl", "building_ctrl/vent"], ["heater_a 2", "heater_b 2", "building_ctrl 5", "vent 1"] },
        { 7, ["system_agent", "floor_ctrl", "floor_ctrl/heater_a", "floor_ctrl/heater_b", "floor_ctrl/building_ctrl", "building_ctrl/vent"], ["floor_ctrl 5", "heater_a 2", "heater_b 2", "building_ctrl 5", "vent 1"] },
    };

    [Theory]
    [MemberData(nameof(Trees))]
    public void Spec_EveryLevel_HasItsTreeAndObservations(int level, string[] tree, string[] observations)
    {
        EnvironmentSpec spec = Start(level).Spec;

        Assert.Equal(tree, spec.Hierarchy.Select(node => node.ParentId is null or "system_agent" ? node.Id : $"{node.ParentId}/{node.Id}"));
        Assert.Equal(observations, spec.Agents.Select(agent => $"{agent.Id} {agent.ObservationSpace.Length}"));
        Assert.Equal((200, 1.0), (spec.MaxEpisodeSteps, spec.StepSeconds));
    }

    [Fact]
    public void All_Levels_AreThoseOfTheCatalogue() =>
        Assert.Equal(TwoRoomHeatingEnvironment.Definitions.Select(definition => definition.Id), TwoRoomHeatingLevel.All.Select(level => level.EnvironmentId));

    // The reference's temperatures; rewards by the rule, 18.776 - 22 = -3.224 and so on.
    [Fact]
    public void Step_ConstantHeating_HasTheWorkedTemperaturesAndRewards()
    {
        EnvironmentRun run = Start(0);
        var rows = new List<float>();

        for (int step = 1; step <= 4; step++)
        {
            run.StepWith(0.5f, 0.3f);
            rows.AddRange([run.Observation("heater_a")[0], run.Observation("heater_b")[0], .. run.Rewards]);
        }

        Assert.Equal(
            [18.776f, 17.8845f, -3.224f, -4.1155f, 19.487617f, 17.801347f, -2.512f, -4.199f, 20.167881f, 18.575420f, -1.832f, -3.425f, 20.790965f, 18.479786f, -1.209f, -3.520f],
            rows,
            (expected, actual) => Math.Abs(expected - actual) < 6e-4f);
        Assert.Equal((1.209f + 3.520f) / 2, run.Metric("mean_error"), 6e-4f);
    }

    [Fact]
    public void Step_HeaterB_IsAskedForEveryThirdStep()
    {
        EnvironmentRun run = Start(0);
        var flags = new List<AgentFlags> { run.Flags[1] };

        for (int step = 1; step <= 5; step++)
        {
            run.StepWith(0f, 0f);
            flags.Add(run.Flags[1]);
            Assert.Equal(Asked, run.Flags[0]);
        }

        Assert.Equal([NotAsked, NotAsked, Asked, NotAsked, NotAsked, Asked], flags);
    }

    // Heat would take heater_a to 18 + 2 * 10; the physics holds it at 40.
    [Fact]
    public void Step_MuchHeat_StopsAt40Degrees()
    {
        EnvironmentRun run = Start(0, ("heater_gains", new[] { 40.0 }));

        run.StepWith(1f, 0f);

        Assert.Equal(40f, run.Observation("heater_a")[0]);
    }

    // Zone a: 31 + 0.05 (15 - 31) = 30.2; 30.2 + 0.03 (20 - 30.2) = 29.894; 29.894 - 0.5 * 0.3 = 29.744.
    // Zone b: 20 - 0.25 = 19.75; 19.75 + 0.03 (31 - 19.75) = 20.0875; 20.0875 - 0.15 = 19.9375.
    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void Step_OpenVent_CoolsBothZones(int level)
    {
        EnvironmentRun run = Start(level, ("initial_temperatures", new[] { 31.0, 20.0 }));

        // building_ctrl decides in step 5; until then zones follow the loss alone.
        for (int step = 1; step < 5; step++)
        {
            run.StepWith(0f, 0f, 0.3f);
            Assert.Equal(0f, run.Observation("vent")[0]);
        }

        float[] before = run.Observation("building_ctrl");
        run.StepWith(0f, 0f, 0.3f);

        float[] after = run.Observation("building_ctrl");
        Assert.Equal(Flow(before[0], before[2], 0.3f), after[0], 1e-4f);
        Assert.Equal(Flow(before[2], before[0], 0.3f), after[2], 1e-4f);
        Assert.Equal(0.3f, after[4]);
        Assert.Equal(-0.15f, run.Rewards[3], 1e-6f);
        Assert.Equal(run.Rewards[0] + run.Rewards[1] + run.Rewards[3], run.Rewards[2], 1e-4f);

        static float Flow(float own, float other, float isOpen)
        {
            float own2 = own + (0.05f * (15 - own));
            return own2 + (0.03f * (other - own2)) - (0.5f * isOpen);
        }
    }

    // The worked case in one step: in v7 the floor decides in every step, and its part reaches the vent in the same one.
    [Fact]
    public void Step_FloorDecides_ReachesHeatersAndVent()
    {
        EnvironmentRun run = Start(7, ("initial_temperatures", new[] { 31.0, 20.0 }));
        Assert.Equal(["heater_a/heating (share of full heat)", "heater_b/heating (share of full heat)", "building_ctrl/opening (fraction)"], run.Spec.Agents[0].ActionLabels);

        run.StepWith(0f, 0f, 0.3f);

        Assert.Equal([29.744f, 22f, 19.9375f, 22f, 0.3f], run.Observation("floor_ctrl"), (a, b) => Math.Abs(a - b) < 1e-4f);
        Assert.Equal([Asked, NotAsked, NotAsked, NotAsked, NotAsked], run.Flags);

        run.StepWith(0.5f, -0.5f, 0f);

        Assert.Equal(0f, run.Observation("vent")[0]);
        Assert.True(run.Observation("heater_a")[0] > 29.5f && run.Observation("heater_b")[0] < 19f);
    }

    [Fact]
    public void Step_PeersThatShare_SeeTheOthersTemperature()
    {
        EnvironmentRun run = Start(3, ("initial_temperatures", new[] { 25.0, 20.0 }));
        Assert.Equal([25f, 22f, 20f], run.Observation("heater_a"));

        run.StepWith(1f, 0f, 0f);

        Assert.Equal(run.Observation("heater_b")[0], run.Observation("heater_a")[2]);
        Assert.Equal(run.Observation("heater_a")[0], run.Observation("heater_b")[2]);
    }

    [Fact]
    public void Step_LastStep_TruncatesEverybody()
    {
        EnvironmentRun run = Start(7, ("max_episode_steps", 2));

        run.StepWith(0f, 0f, 0f);
        run.StepWith(0f, 0f, 0f);

        Assert.All(run.Flags, flags => Assert.Equal(AgentFlags.Observed | AgentFlags.Truncated, flags));
    }

    [Fact]
    public void Reset_AfterHeating_RestoresTheInitialTemperatures()
    {
        EnvironmentRun run = Start(0, ("initial_temperatures", new[] { 12.5, 16.0 }), ("target_temperature", 25.0));
        run.StepWith(1f, 1f);

        run.Reset();

        Assert.Equal([12.5f, 25f, 16f, 25f], run.Observations);
    }

    [Theory]
    [InlineData("initial_temperatures")]
    [InlineData("heater_gains")]
    public void Configure_ThreeNumbersForTwoZones_SaysHowMany(string name)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Start(4, (name, new[] { 18.0, 19, 20 })));

        Assert.Equal($"Parameter '{name}' of TwoRoomHeating-v4 has 3 numbers; give one for both, or one each for heater_a and heater_b.", error.Message);
    }
}
