using Heron.Core.Environments;

namespace Heron.Simulations.Tests.Composed;

/// <summary>Compositions as a user writes them, in JSON.</summary>
internal static class Compositions
{
    public const string Fleets = """
        {
          "agents": [
            {"agent_id": "drone_0", "agent_class": "drone", "count": 3, "coordinator": "fleet_0", "y": 0.25},
            {"agent_id": "drone_1", "agent_class": "drone", "count": 3, "coordinator": "fleet_1", "y": 0.75}
          ],
          "coordinators": [
            {"coordinator_id": "fleet_0", "agent_class": "fleet", "protocol": {"name": "vector_decomposition"}},
            {"coordinator_id": "fleet_1", "agent_class": "fleet", "protocol": {"name": "vector_decomposition"}}
          ],
          "simulation": {"name": "drones", "repulsion": true}
        }
        """;

    /// <summary>TwoRoomHeating-v2.</summary>
    public const string VentedHeating = """
        {
          "agents": [
            {"agent_id": "heater_a", "agent_class": "heater"},
            {"agent_id": "heater_b", "agent_class": "heater", "gain": 3, "step_period": 3, "schedule": {"tick_interval": 3}},
            {"agent_id": "vent", "agent_class": "vent"}
          ],
          "coordinators": [
            {"coordinator_id": "building_ctrl", "agent_class": "zone_controller", "subordinates": ["vent"], "protocol": {"name": "broadcast"},
             "step_period": 5, "schedule": {"tick_interval": 5}}
          ],
          "simulation": {"name": "two_room_heating"},
          "max_steps": 200
        }
        """;

    /// <summary>TwoRoomHeating-v7: coordinators below a coordinator.</summary>
    public const string FloorHeating = """
        {
          "agents": [
            {"agent_id": "heater_a", "agent_class": "heater"},
            {"agent_id": "heater_b", "agent_class": "heater", "gain": 3},
            {"agent_id": "vent", "agent_class": "vent", "coordinator": "building_ctrl"}
          ],
          "coordinators": [
            {"coordinator_id": "floor_ctrl", "agent_class": "zone_controller", "subordinates": ["heater_a", "heater_b", "building_ctrl"],
             "protocol": {"name": "vector_decomposition"}, "schedule": {"tick_interval": 10}},
            {"coordinator_id": "building_ctrl", "agent_class": "zone_controller", "alert_above": 30, "protocol": {"name": "broadcast"}, "schedule": {"tick_interval": 60}}
          ],
          "simulation": {"name": "two_room_heating", "disturbances": true},
          "max_steps": 200
        }
        """;

    /// <summary>SimpleMicrogrids-v0 with rewards of one's own.</summary>
    public const string Microgrids = """
        {
          "agents": [
            {"agent_id": "mg_0_bat", "agent_class": "battery", "coordinator": "mg_0"}, {"agent_id": "mg_0_gen", "agent_class": "generator", "coordinator": "mg_0"},
            {"agent_id": "mg_1_bat", "agent_class": "battery", "coordinator": "mg_1"}, {"agent_id": "mg_1_gen", "agent_class": "generator", "coordinator": "mg_1"}
          ],
          "coordinators": [
            {"coordinator_id": "mg_0", "agent_class": "microgrid", "load_mw": 3}, {"coordinator_id": "mg_1", "agent_class": "microgrid", "load_mw": 4}
          ],
          "simulation": {"name": "simple_microgrids"},
          "max_steps": 48
        }
        """;

    public const string SharingRooms = """
        {
          "agents": [{"agent_id": "room", "agent_class": "room", "count": 4, "initial_temperature": 18}],
          "coordinators": [{"coordinator_id": "building", "subordinates": ["room_?"], "protocol": {"name": "state_sharing", "fields": ["temperature"], "topology": "ring"}}],
          "system": {"schedule": {"tick_interval": 2}},
          "simulation": {"name": "thermostat", "outside_temperature": 5},
          "agent_ids": ["room_0", "room_2"],
          "max_sim_time": 20,
          "end_rule": "any"
        }
        """;

    public static IReadOnlyDictionary<string, object> Values(string json) => (IReadOnlyDictionary<string, object>)ParameterValue.FromJson(json);

    public static EnvironmentFactory Configure(string json) => HeronEnvironments.AddTo(new EnvironmentRegistry()).Get("Composed-v0").Configure(Values(json));
}
