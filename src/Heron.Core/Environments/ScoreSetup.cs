using Heron.Core.Agents;

namespace Heron.Core.Environments;

/// <summary>What a score learns about its environment, once, when it is built.</summary>
/// <param name="actingAgents">The agents of the environment contract, in its order.</param>
public sealed class ScoreSetup(IReadOnlyList<Agent> actingAgents)
{
    private readonly Dictionary<Agent, int> _indices = actingAgents.Index().ToDictionary(pair => pair.Item, pair => pair.Index);

    /// <summary>The agents whose rewards stand in <see cref="ScoreContext.Rewards"/>, in that order: parents before children.</summary>
    public IReadOnlyList<Agent> ActingAgents { get; } = actingAgents;

    /// <summary>Where an agent's reward stands.</summary>
    /// <param name="agent">An agent of this environment.</param>
    /// <returns>Its index in <see cref="ScoreContext.Rewards"/>, or -1 when it does not act.</returns>
    public int IndexOf(Agent agent) => _indices.GetValueOrDefault(agent, -1);
}
