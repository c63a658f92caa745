using Heron.Core.Environments;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>What a user reads about the levels of TwoRoomHeating.</summary>
internal static class TwoRoomHeatingCard
{
    public static EnvironmentCard Of(TwoRoomHeatingLevel level) => new()
    {
        Summary = $"Two heated zones, lesson {level.Version} of 7, {level.Title}: {char.ToLowerInvariant(level.Concept[0])}{level.Concept[1..]}",
        Description = $"""
            Task: keep two zones of a building at their target. {level.Concept} A step is one second.

            Agents: {level.Structure}

            Dynamics: a heater's action in [-1, 1] pushes action * 2 °C (heater_a) or 3 °C (heater_b) into its zone, once per decision. Then every zone loses 5 % of its distance to the air outside, moves 3 % towards the other zone, and loses 0.5 °C times the opening of the vent; temperatures stay between 5 and 40 °C. Nothing is random in step mode, so there the seed changes nothing.

            Observation: {ObservationOf(level)}

            Reward: {RewardOf(level)}

            End: all agents are truncated after max_episode_steps.

            Event-driven: {EventsOf(level)}

            Metrics: mean_error (°C, mean distance to the target over both zones), ambient_temperature (°C).
            """,
        VersionHistory = [.. TwoRoomHeatingLevel.All.Take(level.Version + 1).Reverse().Select(earlier => $"v{earlier.Version}: {earlier.Title}.")],
    };

    private static string ObservationOf(TwoRoomHeatingLevel level) => level.Version switch
    {
        0 => "a heater sees temperature and target of its zone.",
        1 => "a heater sees temperature and target of its zone; building_ctrl sees both of both zones.",
        3 => "a heater sees temperature and target of its zone, then the temperature of the other's; building_ctrl sees temperature and target of both zones and the opening of the vent, the vent its opening.",
        7 => "a heater sees temperature and target of its zone, the vent its opening; floor_ctrl and building_ctrl see all five numbers.",
        _ => "a heater sees temperature and target of its zone; building_ctrl sees temperature and target of both zones and the opening of the vent, the vent its opening.",
    };

    private static string RewardOf(TwoRoomHeatingLevel level) => level.Version switch
    {
        0 => "a heater gets minus the distance between temperature and target in °C.",
        1 => "a heater gets minus the distance between temperature and target in °C; building_ctrl gets the sum of both.",
        _ => "a heater gets minus the distance between temperature and target in °C, the vent -0.5 times its opening; a controller gets the sum of all three.",
    };

    private static string EventsOf(TwoRoomHeatingLevel level)
    {
        string text = "the physics runs every second.";
        text += level.Version >= 2 ? " With overheat_monitors a zone above overheat_threshold wakes the agent that decides about the vent (conditions overheat_a and overheat_b)." : "";
        text += level.Version >= 4 ? " Disturbances cold_snap (ambient_drop) and heat_wave (ambient_rise) change the temperature outside until the end of the episode; by default to 10, 2 and 12 °C at 10, 30 and 50 s." : "";
        text += level.Version >= 5 ? " Whenever building_ctrl acts, it raises the event overheat_alert for the heater of every zone above overheat_threshold." : "";
        return text;
    }
}
