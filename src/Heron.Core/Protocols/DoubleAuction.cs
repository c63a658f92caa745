using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Messaging;

namespace Heron.Core.Protocols;

/// <summary>A peer-to-peer market: members with demand bid, members with surplus offer, and the best of both trade at the middle of their prices.</summary>
/// <remarks>
/// A member with demand q &gt; 0 bids for q at up to its cost times the buy multiplier; one with demand below 0 offers its surplus from its cost
/// times the sell multiplier. While the highest bid is at least the lowest offer, the two trade the smaller of
/// their quantities. Equal prices keep the members' order. Quantities add up to zero, and every price lies between offer and bid.
/// </remarks>
public sealed class DoubleAuction : CommunicationProtocol
{
    // A longer list of trades is cut off; the position still counts them all.
    private const int TradesKept = 16;

    private readonly DoubleAuctionOptions _options;
    private FrozenDictionary<Agent, int> _places = FrozenDictionary<Agent, int>.Empty;
    private Agent[] _members = [];
    private FieldHandle[] _demands = [];
    private FieldHandle?[] _costs = [];
    private Feature<MarketPosition>[] _positions = [];
    private Inbox<MarketPosition>[] _inboxes = [];
    private Mailbox<Trade>[] _trades = [];

    /// <summary>Declares the market.</summary>
    /// <param name="options">Fields and multipliers; default those of <see cref="DoubleAuctionOptions"/>.</param>
    public DoubleAuction(DoubleAuctionOptions? options = null) => _options = options ?? new DoubleAuctionOptions();

    /// <summary>The state of the members, when a step is over.</summary>
    public override ProtocolDirection Direction => ProtocolDirection.Horizontal;

    /// <summary>Where a member finds what the last round came to.</summary>
    /// <param name="member">One of the members.</param>
    /// <exception cref="KeyNotFoundException">It is not a member.</exception>
    public Feature<MarketPosition> PositionOf(Agent member) => _inboxes[_places[member]].Latest;

    /// <summary>Where a member finds its trades of the last round, the first 16 of them.</summary>
    /// <param name="member">One of the members.</param>
    /// <exception cref="KeyNotFoundException">It is not a member.</exception>
    public Mailbox<Trade> TradesOf(Agent member) => _trades[_places[member]];

    /// <inheritdoc/>
    protected internal override void Connect(ProtocolSetup setup)
    {
        _members = [.. setup.Members];
        _places = _members.Index().ToFrozenDictionary(pair => pair.Item, pair => pair.Index);
        _demands = [.. _members.Select(member => member.FindField(_options.DemandField))];
        _costs = [.. _members.Select(member => member.TryFindField(_options.CostField, out FieldHandle cost) ? cost : (FieldHandle?)null)];
        _positions = [.. _members.Select(member => setup.AddState($"PositionOf_{member.Id}", default(MarketPosition)))];
        _inboxes = [.. _members.Select(member => setup.AddInbox<MarketPosition>(member, "Market"))];
        _trades = [.. _members.Select(member => setup.AddMailbox<Trade>(member, "Trades", MessageKind.Result, Math.Clamp(_members.Length - 1, 1, TradesKept)))];
        setup.ReserveScratch(_members.Length * Unsafe.SizeOf<MarketOrder>());
    }

    /// <inheritdoc/>
    protected internal override void Communicate(in ProtocolContext context)
    {
        Span<MarketOrder> orders = context.Scratch<MarketOrder>(_members.Length);
        int bidCount = ReadOrders(context, orders, out int offerCount);
        for (int i = 0; i < _members.Length; i++)
        {
            context.Clear(_trades[i]);
            context.Get(_positions[i]) = default;
        }

        Clear(context, orders[..bidCount], orders[^offerCount..]);
        for (int i = 0; i < _members.Length; i++)
        {
            context.Send(_inboxes[i], context.Get(_positions[i]));
        }
    }

    /// <summary>What the round that is running came to for a member, whatever time its message takes.</summary>
    internal MarketPosition Settled(in ProtocolContext context, Agent member) => context.Get(_positions[_places[member]]);

    // Bids from the front, best first; offers from the back, best last.
    private int ReadOrders(in ProtocolContext context, Span<MarketOrder> orders, out int offerCount)
    {
        int bids = 0, offers = 0;
        for (int i = 0; i < _members.Length; i++)
        {
            double demand = context.Read(_demands[i]);
            double cost = _costs[i] is { } field ? context.Read(field) : _options.DefaultCost;

            // A state that has run away has nothing to trade: endless quantities would never be settled.
            if (!double.IsFinite(demand) || !double.IsFinite(cost))
            {
                continue;
            }

            if (demand > 0)
            {
                orders[bids++] = new MarketOrder(i, demand, cost * _options.BuyMultiplier);
            }
            else if (demand < 0)
            {
                orders[^++offers] = new MarketOrder(i, -demand, cost * _options.SellMultiplier);
            }
        }

        orders[..bids].Sort(static (a, b) => b.Price.CompareTo(a.Price) is var order && order != 0 ? order : a.Member.CompareTo(b.Member));
        orders[^offers..].Sort(static (a, b) => b.Price.CompareTo(a.Price) is var order && order != 0 ? order : b.Member.CompareTo(a.Member));
        offerCount = offers;
        return bids;
    }

    private void Clear(in ProtocolContext context, Span<MarketOrder> bids, Span<MarketOrder> offers)
    {
        int bid = 0, offer = offers.Length - 1;
        while (bid < bids.Length && offer >= 0 && bids[bid].Price >= offers[offer].Price)
        {
            double quantity = Math.Min(bids[bid].Quantity, offers[offer].Quantity);
            double price = (bids[bid].Price + offers[offer].Price) / 2;
            Settle(context, bids[bid].Member, offers[offer].Member, quantity, price);
            Settle(context, offers[offer].Member, bids[bid].Member, -quantity, price);
            bids[bid].Quantity -= quantity;
            offers[offer].Quantity -= quantity;
            bid += bids[bid].Quantity == 0 ? 1 : 0;
            offer -= offers[offer].Quantity == 0 ? 1 : 0;
        }
    }

    private void Settle(in ProtocolContext context, int member, int counterparty, double quantity, double price)
    {
        ref MarketPosition position = ref context.Get(_positions[member]);
        position.NetQuantity += quantity;
        position.NetPayment += quantity * price;
        position.TradeCount++;
        context.Send(_trades[member], new Trade { Quantity = quantity, Price = price }, _members[counterparty]);
    }
}
