using Heron.Core.Agents;

namespace Heron.Core.Protocols;

/// <summary>The part of a protocol that says something: which messages go to whom.</summary>
/// <remarks>
/// One instance serves one <see cref="Protocol"/>. It finds its fields and declares its inboxes once, in <see cref="Connect"/>,
/// and keeps nothing that changes: what lasts from one round to the next is state of the owner, declared there too.
/// </remarks>
public abstract class CommunicationProtocol
{
    /// <summary>What sets it going; default a decision of its owner.</summary>
    public virtual ProtocolDirection Direction => ProtocolDirection.Vertical;

    /// <summary>Called once, when the environment is built.</summary>
    /// <param name="setup">Owner and members, and what may be declared for them.</param>
    protected internal virtual void Connect(ProtocolSetup setup)
    {
    }

    /// <summary>Called once all protocols of the owner are connected: one of them may have given it its action space.</summary>
    internal virtual void CheckOwner(Agent owner)
    {
    }

    /// <summary>Sends the messages of one round.</summary>
    /// <param name="context">Decision and state to speak of, and the way to the inboxes.</param>
    protected internal abstract void Communicate(in ProtocolContext context);
}
