using Heron.Core.Environments;

namespace Heron.Simulations.Arena;

/// <summary>What a user reads about MultiAgentArena-v0.</summary>
internal static class ArenaCard
{
    public static EnvironmentCard Card { get; } = new()
    {
        Summary = "Two agents on a grid: agent1 explores, agent2 gets in its way.",
        Description = """
            Task: agent1 starts in the upper left corner and is paid for entering fields it has not visited; agent2 starts in the lower right corner and is paid for colliding with agent1. The two need two policies.

            Dynamics: in a step agent2 moves first, then agent1, each one field up, right, down or left. A move over the edge leaves the agent where it is. A move onto the other agent is blocked and is a collision. With collisions = either, a collision in either move counts; with agent1_only, only one in agent1's own move. Nothing is random, so the seed changes nothing.

            Observation: own cell, then the other agent's cell; cell = row * width + column.

            Reward: agent1 gets -1 on a collision, else +1 on a new field, else -0.5. agent2 gets +1 on a collision, else -0.1.

            End: both agents are truncated after ts steps; the episode never terminates.

            Metrics: collision (0 or 1), visited_fields (the start field included), return_agent1 and return_agent2 (sums of rewards since the reset).
            """,
        VersionHistory = ["v0: the arena of the RLlib tutorial."],
    };
}
