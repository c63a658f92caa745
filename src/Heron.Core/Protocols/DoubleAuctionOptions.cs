using Heron.Core.Agents;

namespace Heron.Core.Protocols;

/// <summary>From which fields a <see cref="DoubleAuction"/> makes bids and offers. Fields are named as for <see cref="Agent.TryFindField"/>.</summary>
public sealed record DoubleAuctionOptions
{
    /// <summary>What a member needs; below 0 what it has to spare. Every member has it. Default <c>net_demand</c>.</summary>
    public string DemandField { get; init; } = "net_demand";

    /// <summary>What one unit costs a member. Default <c>marginal_cost</c>.</summary>
    public string CostField { get; init; } = "marginal_cost";

    /// <summary>Cost of members without such a field; default 50.</summary>
    public double DefaultCost { get; init; } = 50;

    /// <summary>Highest price of a bid as a multiple of the cost; default 1.2.</summary>
    public double BuyMultiplier { get; init; } = 1.2;

    /// <summary>Lowest price of an offer as a multiple of the cost; default 0.8.</summary>
    public double SellMultiplier { get; init; } = 0.8;
}
