using Heron.Core.Agents;

namespace Heron.Core.Scheduling;

/// <summary>What an agent does when a custom event reaches it.</summary>
/// <typeparam name="T">What the event carries.</typeparam>
/// <param name="context">State, random stream and clock of the agent that handles it.</param>
/// <param name="sender">Who sent it; null when it came from outside the tree.</param>
/// <param name="payload">What it carries.</param>
public delegate void CustomEventHandler<T>(in AgentContext context, Agent? sender, in T payload)
    where T : unmanaged;
