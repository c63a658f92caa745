using Heron.Core.Environments;

namespace Heron.Core.Agents;

/// <summary>Level 3: the root of the tree, one per environment.</summary>
public abstract class SystemAgent : Agent
{
    private const double DefaultTickIntervalSeconds = 300;

    /// <summary>Creates the agent.</summary>
    /// <param name="id">Unique within the environment; default <c>system_agent</c>.</param>
    protected SystemAgent(string id = "system_agent")
        : base(id, AgentLevel.System, DefaultTickIntervalSeconds)
    {
    }

    /// <summary>Called first in every step, before any agent acts: the place for loads, prices and weather of this step.</summary>
    /// <param name="context">State, random stream and clock at the start of the step.</param>
    public virtual void PreStep(in AgentContext context)
    {
    }
}
