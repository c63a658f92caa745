using Heron.Core.Environments;
using Heron.Core.Protocols;

namespace Heron.Core.Composition;

/// <summary>Arguments of <see cref="DoubleAuction"/>.</summary>
internal sealed record AuctionArguments
{
    [EnvironmentParameter("The field that holds what an agent needs; below 0 what it has to spare.")]
    public string DemandField { get; set; } = "net_demand";

    [EnvironmentParameter("The field that holds what one unit costs an agent.")]
    public string CostField { get; set; } = "marginal_cost";

    public DoubleAuction Create() => new(new DoubleAuctionOptions { DemandField = DemandField, CostField = CostField });
}
