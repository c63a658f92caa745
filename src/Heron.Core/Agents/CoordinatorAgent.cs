using Heron.Core.Environments;

namespace Heron.Core.Agents;

/// <summary>Level 2: stands above field agents or other coordinators, at any depth. As it is, it groups them and can own their protocol; derive from it for state and behaviour of its own.</summary>
public class CoordinatorAgent : Agent
{
    private const double DefaultTickIntervalSeconds = 60;

    /// <summary>Creates the agent.</summary>
    /// <param name="id">Unique within the environment.</param>
    public CoordinatorAgent(string id)
        : base(id, AgentLevel.Coordinator, DefaultTickIntervalSeconds)
    {
    }
}
