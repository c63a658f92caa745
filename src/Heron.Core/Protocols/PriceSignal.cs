using System.Collections.Frozen;
using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Messaging;

namespace Heron.Core.Protocols;

/// <summary>Announces a price to all members, who decide for themselves what to do about it.</summary>
/// <remarks>The price lasts until it changes: by the owner's action, or by its own code through <see cref="Price"/>.</remarks>
public sealed class PriceSignal : CommunicationProtocol
{
    private readonly double _initialPrice;
    private readonly int? _actionIndex;
    private FrozenDictionary<Agent, Inbox<PriceMessage>> _inboxes = FrozenDictionary<Agent, Inbox<PriceMessage>>.Empty;
    private Inbox<PriceMessage>[] _recipients = [];
    private Feature<PriceMessage>? _price;

    /// <summary>Declares the signal.</summary>
    /// <param name="initialPrice">Price at the start of every episode, finite; default 50.</param>
    /// <param name="actionIndex">Which continuous number of the owner's action sets the price, when the owner acts; null for none. Default the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">The price is not finite, or the index is negative.</exception>
    public PriceSignal(double initialPrice = 50, int? actionIndex = 0)
    {
        if (!double.IsFinite(initialPrice))
        {
            throw new ArgumentOutOfRangeException(nameof(initialPrice), initialPrice, "A price is a finite number.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(actionIndex ?? 0, nameof(actionIndex));
        _initialPrice = initialPrice;
        _actionIndex = actionIndex;
    }

    /// <summary>The price in force, a feature of the owner that only its own code sees.</summary>
    /// <exception cref="InvalidOperationException">The environment has not been built.</exception>
    public Feature<PriceMessage> Price => _price ?? throw new InvalidOperationException("The price is a feature of the agent that owns the signal; build the environment first.");

    /// <summary>Where a member finds the last price that it was told.</summary>
    /// <param name="member">One of the members.</param>
    /// <exception cref="KeyNotFoundException">It is not a member.</exception>
    public Feature<PriceMessage> ReceivedBy(Agent member) => _inboxes[member].Latest;

    /// <inheritdoc/>
    protected internal override void Connect(ProtocolSetup setup)
    {
        var initial = new PriceMessage { Price = _initialPrice };
        _price = setup.AddState(nameof(Price), initial);
        _recipients = [.. setup.Members.Select(member => setup.AddInbox(member, nameof(PriceSignal), initial))];
        _inboxes = _recipients.ToFrozenDictionary(inbox => inbox.Owner);
    }

    internal override void CheckOwner(Agent owner)
    {
        if (owner.ActionSpace is { } space && _actionIndex >= space.ContinuousLength)
        {
            throw new ArgumentException(
                $"Agent '{owner.Id}' sets its price by number {_actionIndex} of its action, but {space} has {space.ContinuousLength} continuous numbers. Name another, or null when the price is none of them.");
        }
    }

    /// <inheritdoc/>
    protected internal override void Communicate(in ProtocolContext context)
    {
        ref PriceMessage price = ref context.Get(Price);
        if (context.HasDecision && _actionIndex is { } index)
        {
            price.Price = context.Action[index];
        }

        foreach (Inbox<PriceMessage> recipient in _recipients)
        {
            context.Send(recipient, price);
        }
    }
}
