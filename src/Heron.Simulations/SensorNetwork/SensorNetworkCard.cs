using Heron.Core.Environments;

namespace Heron.Simulations.SensorNetwork;

/// <summary>What a user reads about SensorNetwork-v0.</summary>
internal static class SensorNetworkCard
{
    public static EnvironmentCard Card { get; } = new()
    {
        Summary = "Sensors on a random graph: report the signals that come, fade and spread, and nothing else.",
        Description = """
            Task: num_sensors sensors decide in every step whether to report a detection; a coordinator above them only watches (its one action is 0). The graph of neighbours follows from graph_seed and is the same in every episode. A step is one second.

            Dynamics: in a step every signal fades to 0.9 of itself; one or two random sensors get a signal of 1 on top, up to 2; then every signal above 0.5 reaches each neighbour with probability spread, at half its strength. Signals come from the episode's seed.

            Observation: a sensor sees its signal, its own last report and the share of its neighbours that reported in the last step; with share_signals also the signals of its neighbours, told by a protocol among equals. The coordinator sees the three numbers of every sensor.

            Reward: a sensor gets 1 for a report of a signal above 0.5 and -1 for any other report; silence is worth 0.5 without such a signal and 0 with one. The signal is that after the step. The coordinator gets the sum.

            End: all agents are truncated after max_episode_steps.

            Event-driven: sensors wake up every second, the coordinator every 5 s; the physics runs every second.

            Metrics: hits, false_alarms and misses (sensors in this step).
            """,
        VersionHistory = ["v0: HERON's sensor network; its signals follow the episode's seed, and its rewards what sensors report."],
    };
}
