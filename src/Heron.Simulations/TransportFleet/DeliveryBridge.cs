using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Simulations.TransportFleet;

/// <summary>What happens in the area in a step: a request may come in, a vehicle may break down, and vehicles serve what is near.</summary>
internal sealed class DeliveryBridge(
    Feature<VehicleStatus>[] fleet, Feature<DepotStatus> depot, Feature<DeliveryPoints> area, double newDeliveryProbability, double breakdownProbability)
    : ISimulationBridge
{
    private const double ServingDistance = 1.5;

    private readonly VehicleStatus[] _vehicles = new VehicleStatus[fleet.Length];
    private DeliveryPoints _points;
    private int _served;

    public void ReadState(in SimulationContext context)
    {
        for (int i = 0; i < fleet.Length; i++)
        {
            _vehicles[i] = context.Get(fleet[i]);
        }

        _points = context.Get(area);
    }

    public void Simulate(in SimulationContext context)
    {
        if (context.Random.NextDouble() < newDeliveryProbability)
        {
            _points.AddAtRandom(ref context.Random);
        }

        if (context.Random.NextDouble() < breakdownProbability)
        {
            _vehicles[context.Random.NextInt32(_vehicles.Length)].IsBroken = true;
        }

        // In the order of the fleet, at most one request for each vehicle.
        _served = 0;
        foreach (ref VehicleStatus vehicle in _vehicles.AsSpan())
        {
            if (vehicle.IsUsable && _points.TryServe(vehicle.X, vehicle.Y, ServingDistance))
            {
                vehicle.Deliveries++;
                vehicle.HasPackage = false;
                _served++;
            }
        }
    }

    public void WriteResults(in SimulationContext context)
    {
        for (int i = 0; i < fleet.Length; i++)
        {
            context.Get(fleet[i]) = _vehicles[i];
        }

        context.Get(area) = _points;
        ref DepotStatus status = ref context.Get(depot);
        status.TotalDeliveries += _served;
        status.PendingRequests = _points.Count;
    }
}
