using Heron.Core.Environments;

namespace Heron.Simulations.TransportFleet;

/// <summary>Parameters of TransportFleet-v0.</summary>
public sealed record TransportFleetParameters
{
    /// <summary>Vehicles of the fleet, default 3.</summary>
    [EnvironmentParameter("Vehicles of the fleet.", Minimum = 1, Maximum = 1000)]
    public int NumVehicles { get; set; } = 3;

    /// <summary>Length of an episode in steps of one second, default 100.</summary>
    [EnvironmentParameter("Length of an episode.", Unit = "steps", Minimum = 1, Maximum = 1_000_000)]
    public int MaxEpisodeSteps { get; set; } = 100;

    /// <summary>Distance that a vehicle can go in an episode, default 100.</summary>
    [EnvironmentParameter("Distance that a vehicle can go in an episode.", Minimum = 0, Maximum = 1e9)]
    public double Fuel { get; set; } = 100;

    /// <summary>Probability per step that one vehicle breaks down for good, default 0.02.</summary>
    [EnvironmentParameter("Probability per step that one vehicle breaks down for good.", Minimum = 0, Maximum = 1)]
    public double Breakdown { get; set; } = 0.02;

    /// <summary>Probability per step that a request comes in, default 0.3.</summary>
    [EnvironmentParameter("Probability per step that a request comes in.", Minimum = 0, Maximum = 1)]
    public double NewDelivery { get; set; } = 0.3;

    /// <summary>Requests at the start of an episode, default 3.</summary>
    [EnvironmentParameter("Requests at the start of an episode.", Minimum = 0, Maximum = DeliveryPoints.Capacity)]
    public int InitialDeliveries { get; set; } = 3;

    /// <summary>Who decides where vehicles go: <c>vehicles</c> (default), <c>joint</c> or <c>broadcast</c>.</summary>
    [EnvironmentParameter("Who decides where vehicles go: each vehicle, or the depot for each of them (joint) or for all alike (broadcast).", Choices = ["vehicles", "joint", "broadcast"])]
    public string Dispatch { get; set; } = "vehicles";
}
