using Heron.Core.Environments;

namespace Heron.Simulations.Thermostat;

/// <summary>Parameters of Thermostat-v0.</summary>
public sealed record ThermostatParameters
{
    /// <summary>Rooms of the building, default 2.</summary>
    [EnvironmentParameter("Rooms of the building: room_a, room_b and so on.", Minimum = 1, Maximum = 26)]
    public int NumRooms { get; set; } = 2;

    /// <summary>Length of an episode in steps of one second, default 30.</summary>
    [EnvironmentParameter("Length of an episode.", Unit = "steps", Minimum = 1, Maximum = 1_000_000)]
    public int MaxEpisodeSteps { get; set; } = 30;

    /// <summary>Temperature of every room at the start, default 20 °C.</summary>
    [EnvironmentParameter("Temperature of every room at the start.", Unit = "°C", Minimum = Room.MinTemperature, Maximum = Room.MaxTemperature)]
    public double InitialTemperature { get; set; } = 20;

    /// <summary>Temperature that every thermostat aims at, default 22 °C.</summary>
    [EnvironmentParameter("Temperature that every thermostat aims at.", Unit = "°C", Minimum = Room.MinTemperature, Maximum = Room.MaxTemperature)]
    public double TargetTemperature { get; set; } = 22;

    /// <summary>Temperature outside, default 15 °C.</summary>
    [EnvironmentParameter("Temperature outside.", Unit = "°C", Minimum = -50, Maximum = 60)]
    public double OutsideTemperature { get; set; } = 15;
}
