using Heron.Core.Agents;

namespace Heron.Core.Protocols;

/// <summary>Commands everybody who traded the net quantity of the round; who did not trade decides for itself.</summary>
/// <remarks>Members take one continuous number, which is clipped to their box.</remarks>
/// <param name="market">The communication part of the same protocol.</param>
public sealed class TradeAdjustment(DoubleAuction market) : ActionProtocol
{
    private Agent[] _members = [];

    /// <summary>The state of the members, when a step is over; commands come in force in the next one.</summary>
    public override ProtocolDirection Direction => ProtocolDirection.Horizontal;

    /// <inheritdoc/>
    protected internal override void Connect(ProtocolSetup setup)
    {
        if (!ReferenceEquals(setup.Communication, market))
        {
            throw new ArgumentException(
                $"'{setup.Owner.Id}' is to adjust its members to a market that is not the communication part of the same protocol, which is {setup.Communication.GetType().Name}. Give both parts the same DoubleAuction.");
        }

        _members = [.. setup.Members];
        if (Array.Find(_members, member => member.ActionSpace is not { ContinuousLength: 1, Length: 1 }) is { } unfit)
        {
            throw new ArgumentException(
                $"The market of '{setup.Owner.Id}' adjusts one number of each member, but '{unfit.Id}' takes {unfit.ActionSpace?.ToString() ?? "no action"}. Give it a Box of one number.");
        }
    }

    /// <inheritdoc/>
    protected internal override void Command(in ProtocolContext context)
    {
        foreach (Agent member in _members)
        {
            MarketPosition position = market.Settled(context, member);
            if (position.TradeCount > 0)
            {
                float adjustment = (float)position.NetQuantity;
                context.Command(member, new ReadOnlySpan<float>(in adjustment));
            }
        }
    }
}
