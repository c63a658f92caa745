using Heron.Core.Agents;

namespace Heron.Core.Messaging;

/// <summary>Called for each message of a mailbox, oldest first, when it is due and before the agents observe.</summary>
/// <typeparam name="T">The payload.</typeparam>
/// <param name="context">State, random stream and clock of the agent that owns the mailbox.</param>
/// <param name="message">The message; it is no longer in the mailbox.</param>
public delegate void MessageHandler<T>(in AgentContext context, in Message<T> message)
    where T : unmanaged;
