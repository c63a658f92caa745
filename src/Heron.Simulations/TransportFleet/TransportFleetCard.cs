using Heron.Core.Environments;

namespace Heron.Simulations.TransportFleet;

/// <summary>What a user reads about TransportFleet-v0.</summary>
internal static class TransportFleetCard
{
    public static EnvironmentCard Card { get; } = new()
    {
        Summary = "Vehicles of one depot look for requests, and run out of fuel or break down.",
        Description = """
            Task: num_vehicles vehicles start at their depot with fuel for a distance. Requests wait at places that nobody sees, in the square from -10 to 10 around the depot. A step is one second.

            Agents: the vehicles, and the depot above them. With dispatch = vehicles each vehicle decides and the depot has one action, to watch. With joint the depot decides (dx, dy) for every vehicle, with broadcast one (dx, dy) for all; the vehicles then are not asked.

            Dynamics: an action (dx, dy) in [-1, 1] moves the vehicle and burns as much fuel as the way is long, unless it is empty or broken. In a step a new request comes with probability new_delivery (128 can wait, more are turned away), and one random vehicle breaks down for good with probability breakdown. Then each vehicle in turn that is neither empty nor broken serves the oldest request within a distance of 1.5. All of it follows from the episode's seed.

            Observation: a vehicle sees its place, fuel, deliveries, whether it carries a package (never in this version) and whether it is broken. The depot sees total deliveries and pending requests, then the six numbers of every vehicle.

            Reward: a vehicle gets its deliveries since the last reward divided by the fuel burnt since then, where less than 1 counts as 1; broken it gets -0.1. The depot gets the deliveries of the fleet.

            End: all agents are truncated after max_episode_steps.

            Event-driven: vehicles and depot wake up every second, commanded vehicles when the depot has decided; the physics runs every second.

            Metrics: total_deliveries, pending_requests, broken_vehicles.
            """,
        VersionHistory = ["v0: HERON's transport fleet; everything random follows the episode's seed, and deliveries are paid in the step in which they happen."],
    };
}
