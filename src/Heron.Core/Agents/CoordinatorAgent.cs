using Heron.Core.Environments;

namespace Heron.Core.Agents;

/// <summary>Level 2: stands above field agents or other coordinators, at any depth.</summary>
public abstract class CoordinatorAgent : Agent
{
    private const double DefaultTickIntervalSeconds = 60;

    /// <summary>Creates the agent.</summary>
    /// <param name="id">Unique within the environment.</param>
    protected CoordinatorAgent(string id)
        : base(id, AgentLevel.Coordinator, DefaultTickIntervalSeconds)
    {
    }
}
