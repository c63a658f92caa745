using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Protocols;

namespace Heron.Simulations.TransportFleet;

/// <summary>A depot and its vehicles.</summary>
public static class TransportFleetEnvironment
{
    private const string Id = "TransportFleet-v0";

    /// <summary>The catalogue entry of TransportFleet-v0.</summary>
    public static EnvironmentDefinition Definition { get; } = new EnvironmentDefinition<TransportFleetParameters>(
        Id, TransportFleetCard.Card, (parameters, resolved) => Build(parameters, resolved, new DeliveryArea(default, parameters.InitialDeliveries)));

    /// <summary>Builds a fleet in a given area.</summary>
    internal static EnvironmentFactory Build(TransportFleetParameters parameters, IReadOnlyDictionary<string, object> resolved, DeliveryArea area)
    {
        ActionProtocol? dispatch = parameters.Dispatch switch
        {
            "joint" => new VectorDecomposition(),
            "broadcast" => new BroadcastAction(),
            _ => null,
        };
        var depot = new Depot("depot", parameters.InitialDeliveries, isDispatching: dispatch is not null);
        Vehicle[] vehicles = [.. Enumerable.Range(0, parameters.NumVehicles).Select(i => new Vehicle($"vehicle_{i}", parameters.Fuel))];
        Feature<VehicleStatus>[] fleet = [.. vehicles.Select(vehicle => vehicle.Status)];
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder(Id, new HeronEnvironmentOptions
        {
            MaxEpisodeSteps = parameters.MaxEpisodeSteps,
            Parameters = resolved,
        }).Add(area).Add(depot, area.Id);
        foreach (Vehicle vehicle in vehicles)
        {
            builder.Add(vehicle, depot.Id);
        }

        if (dispatch is not null)
        {
            builder.Coordinate(depot.Id, new Protocol(action: dispatch));
        }

        return builder
            .SimulateWith(() => new DeliveryBridge(fleet, depot.Status, area.Points, parameters.NewDelivery, parameters.Breakdown))
            .ScoreWith(new FleetScore(fleet, depot.Status))
            .Build();
    }
}
