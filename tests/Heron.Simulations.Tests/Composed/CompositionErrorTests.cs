using Heron.Core.Environments;

namespace Heron.Simulations.Tests.Composed;

/// <summary>What is wrong with a composition is told with its place, its value and what is allowed.</summary>
public sealed class CompositionErrorTests
{
    private const string Room = """{"agent_id": "a", "agent_class": "room"}""";

    [Theory]
    [InlineData("""{"simulation": {"name": "thermostat"}}""", "'agents' of Composed-v0 is empty or missing; it takes at least one object with agent_id and agent_class")]
    [InlineData("""{"agents": [], "simulation": {"name": "thermostat"}}""", "'agents' of Composed-v0 is empty or missing")]
    [InlineData("""{"agents": [ROOM]}""", "'simulation.name' of Composed-v0 is missing; it takes one of: drones, simple_microgrids, thermostat, two_room_heating")]
    [InlineData("""{"agents": [ROOM], "simulation": {"name": "termostat"}}""", "'simulation.name' of Composed-v0 is 'termostat'; it takes one of: drones")]
    [InlineData("""{"agents": [ROOM], "simulation": {"name": 3}}""", "'simulation.name' of Composed-v0 is 3; it takes a text")]
    [InlineData("""{"agents": [ROOM], "simulation": {"name": "thermostat", "outside": 3}}""", "no parameter 'simulation.outside'; simulation 'thermostat' has: name, outside_temperature")]
    [InlineData("""{"agents": [ROOM], "simulation": {"name": "thermostat", "outside_temperature": 100}}""", "'simulation.outside_temperature' of Composed-v0 is 100; it takes finite numbers from -50 to 60 °C")]
    [InlineData("""{"agents": 3, "simulation": {"name": "thermostat"}}""", "'agents' of Composed-v0 is 3; it takes a list of objects")]
    [InlineData("""{"agents": [ROOM], "simulation": {"name": "thermostat"}, "all_semantics": "all"}""", "no parameter 'all_semantics'; it has: agents, coordinators, system, simulation, agent_ids, max_steps, max_sim_time, end_rule")]
    [InlineData("""{"agents": [ROOM], "simulation": {"name": "thermostat"}, "max_steps": 0}""", "'max_steps' of Composed-v0 is 0; it takes finite numbers from 1")]
    [InlineData("""{"agents": [ROOM], "simulation": {"name": "thermostat"}, "max_sim_time": -1}""", "'max_sim_time' of Composed-v0 is -1")]
    [InlineData("""{"agents": [ROOM], "simulation": {"name": "thermostat"}, "end_rule": "some"}""", "'end_rule' of Composed-v0 is 'some'; it takes one of: all, any")]
    [InlineData("""{"agents": [ROOM], "simulation": {"name": "thermostat"}, "system": {"step_period": 3}}""", "no parameter 'system.step_period'; it has: schedule")]
    public void Configure_WrongWhole_NamesThePlace(string json, string expected) => AssertError(json, expected);

    [Theory]
    [InlineData("""{"agent_class": "room"}""", "'agents[0].agent_id' of Composed-v0 is missing")]
    [InlineData("""{"agent_id": "a"}""", "'agents[0].agent_class' of Composed-v0 is missing; with 'thermostat', agents take one of: room.")]
    [InlineData("""{"agent_id": "a", "agent_class": "rom"}""", "'agents[0].agent_class' of Composed-v0 is 'rom'; with 'thermostat', agents take one of: room.")]
    [InlineData("""{"agent_id": "a", "agent_class": "heater"}""", "is 'heater', which the simulation 'thermostat' does not serve (it goes with two_room_heating); with")]
    [InlineData("""{"agent_id": "a", "agent_class": "coordinator"}""", "is 'coordinator', a class of coordinators; with")]
    [InlineData("""{"agent_id": "a", "agent_class": "room", "coordinator": "hall"}""", "'agents[0].coordinator' of Composed-v0 is 'hall', which is not among the coordinators; it takes one of: building.")]
    [InlineData("""{"agent_id": "a", "agent_class": "room", "coordinator": "a"}""", "'agents[0].coordinator' of Composed-v0 is 'a', a field agent")]
    [InlineData("""{"agent_id": "building", "agent_class": "room"}""", "'agents[0].agent_id' of Composed-v0 is 'building', the name of coordinators[0] too")]
    [InlineData("""{"agent_id": "a", "agent_class": "room", "targt": 3}""", "no parameter 'agents[0].targt'; an agent of class 'room' has: agent_id, agent_class, coordinator, count, schedule, step_period, initial_temperature, target_temperature.")]
    [InlineData("""{"agent_id": "a", "agent_class": "room", "target_temperature": 3}""", "'agents[0].target_temperature' of Composed-v0 is 3; it takes finite numbers from 10 to 35 °C")]
    [InlineData("""{"agent_id": "a", "agent_class": "room", "count": 0}""", "'agents[0].count' of Composed-v0 is 0")]
    [InlineData("""{"agent_id": "a", "agent_class": "room", "schedule": {"tick_interval": 0}}""", "'agents[0].schedule.tick_interval' of Composed-v0 is 0")]
    [InlineData("""{"agent_id": "a", "agent_class": "room", "schedule": {"tick": 1}}""", "no parameter 'agents[0].schedule.tick'; it has: tick_interval")]
    [InlineData("""{"agent_id": "a", "agent_class": "room", "schedule": {"jitter": "normal"}}""", "'agents[0].schedule.jitter' of Composed-v0 is 'normal'; it takes one of: none, uniform, gaussian")]
    [InlineData("""{"agent_id": "a", "agent_class": "room", "step_period": 51}""", "Agent 'a' of Composed-v0 acts every 51 steps, but an episode has 50")]
    [InlineData("""{"agent_id": "system_agent", "agent_class": "room"}""", "two agents named 'system_agent'")]
    public void Configure_WrongAgent_NamesThePlace(string agent, string expected) => AssertError(
        """{"agents": [AGENT], "coordinators": [{"coordinator_id": "building"}], "simulation": {"name": "thermostat"}}""".Replace("AGENT", agent, StringComparison.Ordinal), expected);

    [Theory]
    [InlineData("""{}""", "'coordinators[0].coordinator_id' of Composed-v0 is missing")]
    [InlineData("""{"coordinator_id": "x", "agent_class": "room"}""", "'coordinators[0].agent_class' of Composed-v0 is 'room', a class of agents; with 'thermostat', coordinators take one of: coordinator.")]
    [InlineData("""{"coordinator_id": "x", "subordinates": ["c"]}""", "'coordinators[0].subordinates[0]' of Composed-v0 is 'c', which names nobody; there are: a, b.")]
    [InlineData("""{"coordinator_id": "x", "subordinates": ["c_*"]}""", "is 'c_*', which names nobody")]
    [InlineData("""{"coordinator_id": "x", "protocol": {"name": "shout"}}""", "'coordinators[0].protocol.name' of Composed-v0 is 'shout'; it takes one of: broadcast, consensus")]
    [InlineData("""{"coordinator_id": "x", "protocol": {"name": "broadcast", "loud": true}}""", "no parameter 'coordinators[0].protocol.loud'; protocol 'broadcast' has: name.")]
    [InlineData("""{"coordinator_id": "x", "protocol": {"name": "proportional_allocation", "weight_field": "a", "weights": {"a": 1}}}""", "'coordinators[0].protocol' of Composed-v0 does not work: it has both weight_field and weights")]
    [InlineData("""{"coordinator_id": "x", "protocol": {"name": "broadcast"}}""", "'x' has nobody to pass its action on to")]
    [InlineData("""{"coordinator_id": "x", "subordinates": ["a"]}, {"coordinator_id": "y", "subordinates": ["a"]}""", "'coordinators[1].subordinates[0]' of Composed-v0 is 'a' and puts 'a' below 'y', but coordinators[0].subordinates[0] puts it below 'x'; an agent has one coordinator")]
    [InlineData("""{"coordinator_id": "x", "subordinates": ["*"]}, {"coordinator_id": "y", "subordinates": ["?"]}""", "an agent has one coordinator")]
    [InlineData("""{"coordinator_id": "x", "subordinates": ["a", "b"]}, {"coordinator_id": "y", "subordinates": ["?"]}""", "")]
    [InlineData("""{"coordinator_id": "x", "coordinator": "y"}, {"coordinator_id": "y", "coordinator": "x"}""", "'coordinators[0].coordinator' of Composed-v0 is 'y', so that agents stand above themselves: x below y below x")]
    [InlineData("""{"coordinator_id": "x", "coordinator": "x"}""", "so that agents stand above themselves: x below x")]
    public void Configure_WrongCoordinator_NamesThePlace(string coordinators, string expected) => AssertError(
        """{"agents": [{"agent_id": "a", "agent_class": "room"}, {"agent_id": "b", "agent_class": "room"}], "coordinators": [COORDINATORS], "simulation": {"name": "thermostat"}}""".Replace("COORDINATORS", coordinators, StringComparison.Ordinal),
        expected);

    [Theory]
    [InlineData("""["a", "c"]""", "'agent_ids[1]' of Composed-v0 is 'c'; it takes one of: a.")]
    [InlineData("""["building"]""", "'agent_ids[0]' of Composed-v0 is 'building', which has no action space and so observes nothing; it takes one of: a.")]
    [InlineData("""["a", "a"]""", "'agent_ids[1]' of Composed-v0 is 'a', which is named already")]
    public void Configure_WrongAgentIds_NamesThePlace(string ids, string expected) => AssertError(
        """{"agents": [ROOM], "coordinators": [{"coordinator_id": "building"}], "simulation": {"name": "thermostat"}, "agent_ids": IDS}""".Replace("IDS", ids, StringComparison.Ordinal), expected);

    [Fact]
    public void Configure_BatteryBelowNoMicrogrid_SaysWhoCanStandAboveIt()
    {
        AssertError(
            """{"agents": [{"agent_id": "b", "agent_class": "battery"}], "simulation": {"name": "simple_microgrids"}}""",
            "'agents[0].coordinator' of Composed-v0 is missing; 'b', of class 'battery', stands below an agent of class microgrid.");
        AssertError(
            """{"agents": [{"agent_id": "b", "agent_class": "battery"}], "coordinators": [{"coordinator_id": "c", "subordinates": ["b"]}], "simulation": {"name": "simple_microgrids"}}""",
            "'coordinators[0].subordinates[0]' of Composed-v0 is 'c', of class 'coordinator'; 'b', of class 'battery', stands below");
    }

    [Fact]
    public void Configure_MoreThanAThousand_IsRefused()
    {
        AssertError("""{"agents": [{"agent_id": "a", "agent_class": "room", "count": 1001}], "simulation": {"name": "thermostat"}}""", "'agents[0].count' of Composed-v0 is 1001; it takes finite numbers from 1 to 1000");
        AssertError(
            """{"agents": [{"agent_id": "a", "agent_class": "room", "count": 900}, {"agent_id": "b", "agent_class": "room", "count": 101}], "simulation": {"name": "thermostat"}}""",
            "'agents[1]' of Composed-v0 is one too many: with it there are 1001 agents and coordinators, and a composition has at most 1000.");
    }

    [Fact]
    public void Configure_TooManyOrTooFewForTheSimulation_SaysHowMany()
    {
        AssertError(
            """{"agents": [{"agent_id": "h", "agent_class": "heater"}, {"agent_id": "v", "agent_class": "vent", "count": 2}], "simulation": {"name": "two_room_heating"}}""",
            "'simulation' of Composed-v0 is 'two_room_heating', which needs at most 1 of class vent; there are 2: v_0, v_1.");
        AssertError(
            """{"agents": [{"agent_id": "v", "agent_class": "vent"}], "simulation": {"name": "two_room_heating"}}""",
            "which needs at least 1 of class heater; there are 0.");
    }

    private static void AssertError(string json, string expected)
    {
        EnvironmentDefinition definition = HeronEnvironments.AddTo(new EnvironmentRegistry()).Get("Composed-v0");

        Exception? error = Record.Exception(() => definition.Configure(Compositions.Values(json.Replace("ROOM", Room, StringComparison.Ordinal))));

        if (expected.Length == 0)
        {
            Assert.Null(error);
        }
        else
        {
            Assert.IsType<ArgumentException>(error, exactMatch: false);
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }
    }
}
