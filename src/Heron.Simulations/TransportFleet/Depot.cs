using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.Simulations.TransportFleet;

/// <summary>Stands above the vehicles and counts what they deliver. It decides only if it is given a protocol; else its one action is to watch.</summary>
public sealed class Depot : CoordinatorAgent
{
    /// <summary>Creates the depot.</summary>
    /// <param name="id">Unique within the environment.</param>
    /// <param name="pendingRequests">Requests that wait at the start of every episode.</param>
    /// <param name="isDispatching">Whether a protocol will pass its decisions on to the vehicles.</param>
    public Depot(string id, int pendingRequests, bool isDispatching)
        : base(id)
    {
        Status = AddFeature(new DepotStatus { PendingRequests = pendingRequests }, Visibility.Owner | Visibility.System, keepsPrevious: true);
        Schedule = new ScheduleConfig(tickIntervalSeconds: 1);
        if (!isDispatching)
        {
            ActionSpace = new DiscreteSpace(1);
            ActionLabels = ["watch"];
        }
    }

    /// <summary>What it counts.</summary>
    public Feature<DepotStatus> Status { get; }

    /// <summary>Deliveries of the fleet since the last reward.</summary>
    public override double Reward(in AgentView view) => view.Get(Status).TotalDeliveries - view.GetPrevious(Status).TotalDeliveries;
}
