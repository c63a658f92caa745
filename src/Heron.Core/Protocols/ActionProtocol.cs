using Heron.Core.Agents;

namespace Heron.Core.Protocols;

/// <summary>The part of a protocol that commands: which actions its members take.</summary>
/// <remarks>Members that it commands are not asked for actions through the environment contract. For one instance and what it keeps, see <see cref="CommunicationProtocol"/>.</remarks>
public abstract class ActionProtocol
{
    /// <summary>What sets it going; default a decision of its owner.</summary>
    public virtual ProtocolDirection Direction => ProtocolDirection.Vertical;

    /// <summary>Called once, when the environment is built, after the communication part was connected.</summary>
    /// <param name="setup">Owner and members, and what may be declared for them.</param>
    protected internal virtual void Connect(ProtocolSetup setup)
    {
    }

    /// <summary>Whether it may command a member; default each that has an action space.</summary>
    /// <param name="member">One of the members.</param>
    protected internal virtual bool Commands(Agent member) => member.ActionSpace is not null;

    /// <summary>Commands actions for one round, after the messages of the round were sent. A member that gets none follows its own policy, or does what it does when idle.</summary>
    /// <param name="context">The owner's decision, state, and the way to command.</param>
    protected internal abstract void Command(in ProtocolContext context);
}
