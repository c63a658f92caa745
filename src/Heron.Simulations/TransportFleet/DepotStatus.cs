namespace Heron.Simulations.TransportFleet;

/// <summary>What the depot keeps count of.</summary>
public struct DepotStatus
{
    /// <summary>Requests that the fleet has served in this episode.</summary>
    public int TotalDeliveries;

    /// <summary>Requests that wait.</summary>
    public int PendingRequests;
}
