using Heron.Core.Features;

namespace Heron.Simulations.TransportFleet;

/// <summary>What the depot keeps count of.</summary>
public struct DepotStatus
{
    /// <summary>Requests that the fleet has served in this episode.</summary>
    [Unit(Minimum = 0)]
    public int TotalDeliveries;

    /// <summary>Requests that wait.</summary>
    [Unit(Minimum = 0, Maximum = DeliveryPoints.Capacity)]
    public int PendingRequests;
}
