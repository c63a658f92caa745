using Heron.Core.Environments;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>What a user reads about SimpleMicrogrids-v0.</summary>
internal static class SimpleMicrogridsCard
{
    public static EnvironmentCard Card { get; } = new()
    {
        Summary = "Microgrids, each with one battery and one generator: spend little and keep the batteries in their range.",
        Description = """
            Task: num_microgrids microgrids hang under one grid. Each has a battery (2 MWh, 0.5 MW) and a generator (5 MW, 50 $/MWh); these are the agents. A step is one hour.

            Dynamics: the battery's action in [-1, 1] moves its state of charge by action * 0.5 MW * 1 h / 2 MWh, held between 0.1 and 0.9; it starts at 0.5. The generator's action in [0, 1] sets its power to action * 5 MW. Actions outside the box are clipped. The grid's frequency is 60 Hz + 0.01 Hz/MW * (generation - load). Nothing is random, so the seed changes nothing.

            Observation: battery [state of charge, load / 10 MW], generator [power / 5 MW, load / 10 MW], the load being that of the own microgrid.

            Reward: cost is 50 $ per MWh generated; safety is max(0, 0.2 - soc) + max(0, soc - 0.8), summed over batteries. With share_reward every agent gets -(cost + penalty * safety) / number of agents; without, each its own -(cost + penalty * safety). The best possible return is 0.

            End: all agents are truncated after max_episode_steps; with time_limit_terminates they are terminated instead.

            Event-driven: devices decide every second, and the physics runs every 300 s. Each run is a step of one hour with the actions then in force, so that deciding more often moves no more energy.

            Metrics: cost ($ per step, all generators), safety (all batteries), frequency_hz.
            """,
        VersionHistory = ["v0: the microgrids of HERON's tutorial 4."],
    };
}
