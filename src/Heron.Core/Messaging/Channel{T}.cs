using System.Runtime.InteropServices;
using Heron.Core.Agents;

namespace Heron.Core.Messaging;

/// <summary>A way from one sender to all mailboxes that subscribed; what is sent on it reaches each of them.</summary>
/// <typeparam name="T">The payload of its messages.</typeparam>
/// <remarks>Subscriptions are part of the environment: they are made while agents are constructed, and hold for all copies.</remarks>
public sealed class Channel<T>
    where T : unmanaged
{
    private readonly Agent _sender;
    private readonly List<Mailbox<T>> _subscribers = [];

    internal Channel(Agent sender, string name, MessageKind kind)
    {
        _sender = sender;
        Id = new ChannelId(kind, sender.Id, name);
    }

    /// <summary>Its name.</summary>
    public ChannelId Id { get; }

    /// <summary>The mailboxes that receive what is sent, in the order in which they subscribed.</summary>
    public IReadOnlyList<Mailbox<T>> Subscribers => _subscribers;

    /// <summary>Lets a mailbox receive what is sent from now on.</summary>
    /// <param name="mailbox">Belongs to an agent of the same environment.</param>
    /// <exception cref="ArgumentException">It has subscribed already.</exception>
    /// <exception cref="InvalidOperationException">The environment has been built.</exception>
    public void Subscribe(Mailbox<T> mailbox)
    {
        if (_sender.IsPlaced)
        {
            throw new InvalidOperationException($"Mailbox '{mailbox.Name}' of agent '{mailbox.Owner.Id}' subscribes to '{Id}' too late: the environment has been built.");
        }

        if (_subscribers.Contains(mailbox))
        {
            throw new ArgumentException($"Mailbox '{mailbox.Name}' of agent '{mailbox.Owner.Id}' has subscribed to '{Id}' already; it would get every message twice.", nameof(mailbox));
        }

        _subscribers.Add(mailbox);
    }

    internal ReadOnlySpan<Mailbox<T>> Recipients => CollectionsMarshal.AsSpan(_subscribers);
}
