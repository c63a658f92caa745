using Heron.Core.Agents;
using Heron.Core.Features;

namespace Heron.Core.Messaging;

/// <summary>Where an agent receives messages of one type. It stands in the state store, so every environment copy has its own and saved states hold what is under way.</summary>
public abstract class Mailbox
{
    private protected Mailbox(Agent owner, string name, MessageKind kind, MessageRing ring)
    {
        Owner = owner;
        Name = name;
        Kind = kind;
        Ring = ring;
    }

    /// <summary>The agent that receives.</summary>
    public Agent Owner { get; }

    /// <summary>Unique within its owner.</summary>
    public string Name { get; }

    /// <summary>What its messages are about.</summary>
    public MessageKind Kind { get; }

    /// <summary>Messages that it holds, those under way included.</summary>
    public int Capacity => Ring.Capacity;

    internal MessageRing Ring { get; }

    internal StateLayout? Layout { get; private set; }

    internal int Offset { get; private set; }

    internal abstract bool HasHandler { get; }

    internal void Place(StateLayout layout, int offset)
    {
        Layout = layout;
        Offset = offset;
    }

    /// <summary>Hands all due messages to the handler.</summary>
    internal abstract void HandleDue(StateStore store);

    /// <summary>Where the mailbox stands in a store.</summary>
    /// <exception cref="InvalidOperationException">It belongs to another environment.</exception>
    internal int OffsetIn(StateStore store)
    {
        if (!ReferenceEquals(Layout, store.Layout))
        {
            ThrowForeign();
        }

        return Offset;
    }

    private void ThrowForeign() => throw new InvalidOperationException(Layout is null
        ? $"Mailbox '{Name}' of agent '{Owner.Id}' is in no environment yet; add the agent to a builder and build it."
        : $"Mailbox '{Name}' of agent '{Owner.Id}' belongs to another environment; use the mailbox of this one's agent.");
}
