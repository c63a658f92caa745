using Heron.Core.Environments;

namespace Heron.Simulations.Composed;

/// <summary>What a user reads about Composed-v0, before the catalogue.</summary>
internal static class ComposedCard
{
    public static EnvironmentCard Card { get; } = new()
    {
        Summary = "Agents, coordinators and simulation of your choice, named in the parameters.",
        Description = """
            Task: that of the simulation that you name, with the agents and the hierarchy that you name. The default is the building of Thermostat-v0. agents, coordinators, system and simulation belong together: name one of them, and nothing of the default stays, so agents and simulation are needed.

            On the command line: heron envs Composed-v0 -p 'agents=[{"agent_id": "room", "agent_class": "room", "count": 3, "coordinator": "building"}]' -p 'coordinators=[{"coordinator_id": "building"}]' -p 'simulation={"name": "thermostat", "outside_temperature": 5}'

            From Python: parallel_env("Composed-v0", agents=[{"agent_id": "room", "agent_class": "room", "count": 3}], simulation={"name": "thermostat"}); with RLlib the same under "parameters" of the env_config.

            Dynamics: see the simulations below. Two compositions with the same parameters are the same environment, whoever asks for them.

            Observation: see the agent classes. An agent that owns a protocol which passes its decisions on, decides for those below it: they are observed and rewarded, but their own actions are not asked for.

            Reward: each agent its own, see the classes; an argument of the simulation may share them.

            End: all agents are truncated after max_steps or max_sim_time. With end_rule any the episode ends with the first agent that ends.

            Event-driven: every agent wakes up by its schedule; those below a coordinator with a protocol when they are told.

            Metrics: those of the simulation.
            """,
        VersionHistory = ["v0: first version."],
    };
}
