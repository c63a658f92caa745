using Heron.Core.Environments;
using Heron.Core.Environments.Conformance;
using Heron.Core.Policies;
using Heron.Core.Randomness;
using Heron.Core.Scheduling;
using Heron.Simulations.Tests.Shared;

namespace Heron.Simulations.Tests.Composed;

public sealed class ComposedEnvironmentTests
{
    public static TheoryData<string> All =>
        [Compositions.Fleets, Compositions.VentedHeating, Compositions.FloorHeating, Compositions.Microgrids, Compositions.SharingRooms];

    private static EnvironmentDefinition Definition { get; } = HeronEnvironments.AddTo(new EnvironmentRegistry()).Get("Composed-v0");

    [Theory]
    [MemberData(nameof(All))]
    public void Check_Everywhere_FindsNoViolation(string json) => Assert.Empty(EnvironmentConformance.Check(Compositions.Configure(json)));

    [Fact]
    public void Configure_Default_IsTheBuildingOfThermostat()
    {
        EnvironmentSpec spec = Definition.Configure().Spec;

        Assert.Equal(["system_agent", "building", "room_a", "room_b"], spec.Hierarchy.Select(node => node.Id));
        Assert.Equal(["room_a", "room_b"], spec.Agents.Select(agent => agent.Id));
        Assert.All(spec.Agents, agent => Assert.Equal((4, "Box(-1, 1, (1,), float32)"), (agent.ObservationSpace.Length, agent.ActionSpace.ToString())));
        Assert.Equal(50, spec.MaxEpisodeSteps);
    }

    // A user may take the parameters of a spec to make the same environment again.
    [Theory]
    [MemberData(nameof(All))]
    public void Configure_ParametersOfTheSpec_GiveTheSameSpec(string json)
    {
        EnvironmentSpec spec = Compositions.Configure(json).Spec;

        EnvironmentSpec again = Definition.Configure(spec.Parameters).Spec;

        Assert.Equal(spec.Hierarchy, again.Hierarchy);
        Assert.Equal(ParameterValue.ToJson(spec.Parameters), ParameterValue.ToJson(again.Parameters));
    }

    [Fact]
    public void Configure_Fleets_ShowsAllAgentsOrOnlyThoseNamed()
    {
        EnvironmentSpec all = Compositions.Configure(Compositions.Fleets).Spec;
        Dictionary<string, object> values = new(Compositions.Values(Compositions.Fleets)) { ["agent_ids"] = new[] { "fleet_0", "fleet_1" } };
        EnvironmentSpec fleets = Definition.Configure(values).Spec;

        Assert.Equal(8, all.Agents.Count);
        Assert.Equal(["fleet_0", "fleet_1"], fleets.Agents.Select(agent => agent.Id));
        Assert.All(fleets.Agents, agent => Assert.Equal((16, "Box(-1, 1, (3,), float32)"), (agent.ObservationSpace.Length, agent.ActionSpace.ToString())));
    }

    [Fact]
    public void Step_Fleets_MovesEveryDroneAsItsFleetSays()
    {
        Dictionary<string, object> values = new(Compositions.Values(Compositions.Fleets)) { ["agent_ids"] = new[] { "fleet_0" }, ["simulation"] = Compositions.Values("""{"name": "drones"}""") };
        var run = new EnvironmentRun(Definition.Configure(values));
        run.Reset();

        run.StepWith(1f, 0.5f, 0f);

        // x = 0.02 a - 0.005, and at least 0: 0.015, 0.005 and 0; their mean is 0.02 / 3.
        float[] observation = run.Observation("fleet_0");
        Assert.Equal(0.02f / 3, observation[1], 1e-6f);
        Assert.Equal(((0.015f - (0.5f * 0.015f * 0.015f)) + (0.005f - (0.5f * 0.005f * 0.005f))) / 3, run.Rewards[0], 1e-6f);
    }

    [Theory]
    [InlineData("Thermostat-v0", "{}", """{"max_steps": 30}""")]
    [InlineData("SimpleMicrogrids-v0", """{"num_microgrids": 2, "share_reward": false}""", Compositions.Microgrids)]
    [InlineData("TwoRoomHeating-v2", "{}", Compositions.VentedHeating)]
    [InlineData("TwoRoomHeating-v7", "{}", Compositions.FloorHeating)]
    public void Step_SameTree_GivesTheTrajectoryOfTheOriginalBitForBit(string id, string parameters, string composition)
    {
        EnvironmentRun original = new(HeronEnvironments.AddTo(new EnvironmentRegistry()).Get(id).Configure(Compositions.Values(parameters)));
        EnvironmentRun composed = new(Compositions.Configure(composition));
        var random = new RandomStream(11);
        Assert.Equal(original.Spec.Agents.Select(agent => (agent.Id, agent.ParentId)).Order(), composed.Spec.Agents.Select(agent => (agent.Id, agent.ParentId)).Order());

        original.Reset(3);
        composed.Reset(3);
        while (!original.IsOver)
        {
            foreach (AgentSpec agent in original.Spec.Agents)
            {
                Assert.Equal(original.Observation(agent.Id), composed.Observation(agent.Id));
                Assert.Equal(original.Rewards[original.Spec.IndexOf(agent.Id)], composed.Rewards[composed.Spec.IndexOf(agent.Id)]);
            }

            Assert.Equal(original.Metrics, composed.Metrics);
            original.SampleActions(ref random);
            CopyActions(original, composed);
            original.Step();
            composed.Step();
        }

        Assert.True(composed.IsOver);
    }

    [Fact]
    public void RunUntil_SameTree_GivesTheEventsOfTheOriginal()
    {
        EventDrivenRun original = new(HeronEnvironments.AddTo(new EnvironmentRegistry()).Get("Thermostat-v0").Configure(), new RandomActions(), seed: 4);
        EventDrivenRun composed = new(Definition.Configure(), new RandomActions(), seed: 4);

        original.RunUntil(20);
        composed.RunUntil(20);

        Assert.NotEmpty(original.Rewards);
        Assert.Equal(original.Events, composed.Events);
        Assert.Equal(original.Rewards, composed.Rewards);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void RunUntil_Everywhere_EveryAgentIsRewarded(string json)
    {
        EnvironmentFactory factory = Compositions.Configure(json);
        double step = factory.Spec.StepSeconds!.Value;
        var options = new EventOptions { Timing = step > 60 ? EventTiming.All & ~EventTiming.TickIntervals : EventTiming.All };
        EventScheduler scheduler = factory.CreateEventScheduler(new RandomActions(), options);
        scheduler.Reset(2);

        scheduler.RunUntil(step * 70, cancellationToken: TestContext.Current.CancellationToken);

        EpisodeSummary summary = scheduler.Summarize();
        Assert.Empty(summary.Diagnostics);
        Assert.All(summary.Agents, agent => Assert.True(agent is { Rewards: > 0 }, $"{agent}"));
    }

    [Fact]
    public void Spec_SchedulesAndPeriods_AreThoseOfTheParameters()
    {
        var values = new Dictionary<string, object>(Compositions.Values("""
            {
              "agents": [{"agent_id": "a", "agent_class": "room", "step_period": 2,
                          "schedule": {"tick_interval": 3, "action_delay": 0.5, "jitter": "uniform", "jitter_ratio": 0.2, "min_delay": 0.01}}],
              "system": {"schedule": {"tick_interval": 2}},
              "simulation": {"name": "thermostat"}
            }
            """));
        EventScheduler scheduler = Definition.Configure(values).CreateEventScheduler(new RandomActions());

        ScheduleConfig room = scheduler.GetSchedule("a");

        // What is not named stays as a room has it: observations after 0.05 s, messages after 0.02 s.
        Assert.Equal(
            new ScheduleConfig(3) { ObservationDelaySeconds = 0.05, ActionDelaySeconds = 0.5, MessageDelaySeconds = 0.02, Jitter = JitterKind.Uniform, JitterRatio = 0.2, MinDelaySeconds = 0.01 },
            room);
        Assert.Equal(2, scheduler.GetSchedule("system_agent").TickIntervalSeconds);

        var run = new EnvironmentRun(Definition.Configure(values));
        run.Reset();
        run.StepWith(1f);
        float first = run.Observation("a")[0];
        run.StepWith(1f);

        // 20 -> 19.5 without heat, then (19.5 + 2) 0.9 + 1.5.
        Assert.Equal([19.5f, 20.85f], [first, run.Observation("a")[0]], (a, b) => Math.Abs(a - b) < 1e-5f);
    }

    [Fact]
    public void LoadState_OfAnotherComposition_IsRefused()
    {
        byte[] Saved(string json)
        {
            VectorEnvironment vector = new(Compositions.Configure(json), 1);
            vector.Reset(1);
            byte[] state = new byte[vector.StateByteCount];
            vector.SaveState(state);
            return state;
        }

        byte[] state = Saved(Compositions.Microgrids);
        VectorEnvironment other = new(Compositions.Configure(Compositions.Microgrids.Replace("\"load_mw\": 4", "\"load_mw\": 5", StringComparison.Ordinal)), 1);

        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => other.LoadState(state));

        Assert.Contains("\"load_mw\": 5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_ListsTheCatalogue()
    {
        string text = Definition.Card.Description;

        Assert.All(
            (string[])["Simulation thermostat (1 s per step; serves coordinator, room)", "Class battery (field agent)", "Class zone_controller (coordinator)", "Protocol broadcast", "- gain (float, 0 to 40 °C, default 2)", "- subordinates (string list)", "- tick_interval (float, 1E-09 to 9000000000 s, default 1)"],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    private static void CopyActions(EnvironmentRun from, EnvironmentRun to)
    {
        foreach (AgentSpec agent in from.Spec.Agents)
        {
            (int source, int target) = (from.Spec.IndexOf(agent.Id), to.Spec.IndexOf(agent.Id));
            from.Continuous.AsSpan(from.Spec.Layout.Continuous(source)).CopyTo(to.Continuous.AsSpan(to.Spec.Layout.Continuous(target)));
            from.Discrete.AsSpan(from.Spec.Layout.Discrete(source)).CopyTo(to.Discrete.AsSpan(to.Spec.Layout.Discrete(target)));
        }
    }
}
