using Heron.Core.Environments;
using Heron.Core.Scheduling;

namespace Heron.Core.Agents;

/// <summary>Level 3: the root of the tree, one per environment. Derive from it for state of the whole, and for what the world does.</summary>
public class SystemAgent : Agent
{
    private const double DefaultTickIntervalSeconds = 300;

    /// <summary>Creates the agent.</summary>
    /// <param name="id">Unique within the environment; default <c>system_agent</c>.</param>
    public SystemAgent(string id = "system_agent")
        : base(id, AgentLevel.System, DefaultTickIntervalSeconds)
    {
    }

    /// <summary>Called first in every step, before any agent acts: the place for loads, prices and weather of this step. The first observation comes before the first step, so what it shows is set in <see cref="Agent.Reset"/> too. Event-driven it comes before every run of the physics by its clock, and others learn of what it wrote with the results of that run.</summary>
    /// <param name="context">State, random stream and clock at the start of the step.</param>
    public virtual void PreStep(in AgentContext context)
    {
    }

    /// <summary>Lets a disturbance hit the world, in event-driven mode: changes features. Override it to declare that the environment knows disturbances.</summary>
    /// <param name="context">State, random stream and clock at this moment.</param>
    /// <param name="disturbance">What hits it; throw <see cref="ArgumentException"/> for a type that the environment does not know.</param>
    public virtual void ApplyDisturbance(in AgentContext context, Disturbance disturbance)
    {
    }
}
