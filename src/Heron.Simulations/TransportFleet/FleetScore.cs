using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Simulations.TransportFleet;

/// <summary>Leaves the rewards to the agents and reports what became of requests and vehicles.</summary>
internal sealed class FleetScore : EnvironmentScore
{
    private readonly Feature<VehicleStatus>[] _fleet;
    private readonly Feature<DepotStatus> _depot;

    public FleetScore(Feature<VehicleStatus>[] fleet, Feature<DepotStatus> depot)
    {
        _fleet = fleet;
        _depot = depot;
        MetricNames = ["total_deliveries", "pending_requests", "broken_vehicles"];
    }

    public override void Score(in ScoreContext context)
    {
        ref readonly DepotStatus depot = ref context.Get(_depot);
        int broken = 0;
        foreach (Feature<VehicleStatus> vehicle in _fleet)
        {
            broken += context.Get(vehicle).IsBroken ? 1 : 0;
        }

        context.Metrics[0] = depot.TotalDeliveries;
        context.Metrics[1] = depot.PendingRequests;
        context.Metrics[2] = broken;
    }
}
