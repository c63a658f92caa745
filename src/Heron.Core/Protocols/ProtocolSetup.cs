using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Messaging;
using Heron.Core.Spaces;

namespace Heron.Core.Protocols;

/// <summary>For whom a protocol works, and what it declares for them; handed to its parts once, when the environment is built.</summary>
public sealed class ProtocolSetup
{
    private readonly HashSet<Agent> _recipients;

    internal ProtocolSetup(Agent owner, IReadOnlyList<Agent> members, CommunicationProtocol communication)
    {
        Owner = owner;
        Communication = communication;
        Members = members;
        _recipients = [owner, .. members];
    }

    /// <summary>The agent that coordinates.</summary>
    public Agent Owner { get; }

    /// <summary>The agents that are coordinated, in tree order: those directly below the owner, unless others were named.</summary>
    public IReadOnlyList<Agent> Members { get; }

    /// <summary>The communication part of the protocol, for an action part that goes with a certain one.</summary>
    internal CommunicationProtocol Communication { get; }

    internal int ScratchByteCount { get; private set; }

    /// <summary>Declares what lasts from one round to the next, as a feature of the owner.</summary>
    /// <typeparam name="T">A struct with public fields of type double, float, int or bool.</typeparam>
    /// <param name="name">Unique within the owner.</param>
    /// <param name="initial">Value at the start of every episode.</param>
    /// <param name="visibility">Who may see it; default nobody.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public Feature<T> AddState<T>(string name, T initial, Visibility visibility = Visibility.None)
        where T : unmanaged => Owner.Declare(new Feature<T>(Owner, name, visibility, initial));

    /// <summary>Declares where a member finds the last message of one kind: a feature of the member.</summary>
    /// <typeparam name="T">The message: a struct with public fields of type double, float, int or bool.</typeparam>
    /// <param name="recipient">Who receives.</param>
    /// <param name="name">Unique within the recipient.</param>
    /// <param name="initial">What it reads before the first message.</param>
    /// <param name="visibility">Who may see it; default the recipient.</param>
    /// <exception cref="ArgumentException">The name is taken, or the recipient is neither owner nor member.</exception>
    public Inbox<T> AddInbox<T>(Agent recipient, string name, T initial = default, Visibility visibility = Visibility.Owner)
        where T : unmanaged
    {
        CheckRecipient(recipient, name);
        var inbox = new Inbox<T>(recipient.Declare(new Feature<T>(recipient, name, visibility, initial)));
        recipient.Declare(inbox);
        return inbox;
    }

    /// <summary>Declares an inbox for messages of a length that is settled here.</summary>
    /// <param name="recipient">Who receives.</param>
    /// <param name="name">Unique within the recipient.</param>
    /// <param name="fieldNames">Name of each number.</param>
    /// <param name="visibility">Who may see it; default the recipient.</param>
    /// <exception cref="ArgumentException">The name is taken, or the recipient is neither owner nor member.</exception>
    public VectorInbox AddInbox(Agent recipient, string name, IReadOnlyList<string> fieldNames, Visibility visibility = Visibility.Owner)
    {
        CheckRecipient(recipient, name);
        var inbox = new VectorInbox(recipient.Declare(new VectorFeature(recipient, name, visibility, fieldNames, [])));
        recipient.Declare(inbox);
        return inbox;
    }

    /// <summary>Declares where a member receives several messages per round.</summary>
    /// <typeparam name="T">The payload.</typeparam>
    /// <param name="recipient">Who receives.</param>
    /// <param name="name">Unique within the recipient.</param>
    /// <param name="kind">What its messages are about.</param>
    /// <param name="capacity">Messages that it holds, at least 1; more are turned away.</param>
    /// <exception cref="ArgumentException">The recipient is neither owner nor member.</exception>
    public Mailbox<T> AddMailbox<T>(Agent recipient, string name, MessageKind kind, int capacity)
        where T : unmanaged
    {
        CheckRecipient(recipient, name);
        var mailbox = new Mailbox<T>(recipient, name, kind, capacity, OverflowBehavior.DropNewest, handler: null);
        recipient.Declare(mailbox);
        return mailbox;
    }

    /// <summary>Says which action the owner takes: it is given this space, unless it has one of its own, which must take as many numbers and categories.</summary>
    /// <param name="space">What the protocol works with.</param>
    /// <param name="labels">Name and unit of each number, or empty.</param>
    /// <exception cref="ArgumentException">The owner's own space does not fit.</exception>
    public void RequireActionSpace(Space space, IReadOnlyList<string> labels)
    {
        if (Owner.ActionSpace is null)
        {
            Owner.GiveActionSpace(space, labels);
        }
        else if (Owner.ActionSpace.ContinuousLength != space.ContinuousLength || !Owner.ActionSpace.HeadSizes.SequenceEqual(space.HeadSizes))
        {
            throw new ArgumentException($"Agent '{Owner.Id}' has the action space {Owner.ActionSpace}, but its protocol works with {space}. Declare this one, or none to get it.");
        }
    }

    /// <summary>Asks for working memory, which <see cref="ProtocolContext.Scratch{T}"/> hands out; it keeps nothing between rounds.</summary>
    /// <param name="bytes">The most that is needed in one round.</param>
    public void ReserveScratch(int bytes) => ScratchByteCount = Math.Max(ScratchByteCount, bytes);

    private void CheckRecipient(Agent recipient, string name)
    {
        if (!_recipients.Contains(recipient))
        {
            throw new ArgumentException($"A protocol of '{Owner.Id}' sends '{name}' to '{recipient.Id}', which is not among its members: {string.Join(", ", Members.Select(member => member.Id))}.", nameof(recipient));
        }
    }
}
