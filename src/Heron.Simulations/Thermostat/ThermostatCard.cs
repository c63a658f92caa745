using Heron.Core.Environments;

namespace Heron.Simulations.Thermostat;

/// <summary>What a user reads about Thermostat-v0.</summary>
internal static class ThermostatCard
{
    public static EnvironmentCard Card { get; } = new()
    {
        Summary = "Rooms of one building, each with a thermostat: keep every room at its target.",
        Description = """
            Task: num_rooms rooms stand under one building; each room is an agent that heats or cools. A step is one second.

            Dynamics: the action in [-1, 1] adds action * 2 °C to the room. Then every room loses a tenth of its distance to the temperature outside, and with two rooms or more moves a twentieth of the way to their mean. Temperatures stay between 10 and 35 °C. Nothing is random, so the seed changes nothing.

            Observation: own temperature and target, then temperature and target of the other rooms.

            Reward: minus the distance between own temperature and target in °C. With the defaults, doing nothing for an episode of 30 steps gives -333.8 (both rooms together), and nothing gives more than about -1.4: full heat at first, then 0.3889 to hold 22 °C.

            End: all agents are truncated after max_episode_steps.

            Event-driven: a room wakes up every second, sees the building 0.05 s later and acts 0.1 s after that; others learn of it after 0.02 s. The physics runs every second.

            Metrics: mean_error (°C, mean distance to the target over the rooms).
            """,
        VersionHistory = ["v0: the thermostats of HERON's level 5."],
    };
}
