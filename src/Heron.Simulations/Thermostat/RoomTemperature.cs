using Heron.Core.Features;

namespace Heron.Simulations.Thermostat;

/// <summary>How warm a room is, and how warm it should be.</summary>
public struct RoomTemperature
{
    /// <summary>Air temperature, 10 to 35.</summary>
    [Unit("°C", Minimum = Room.MinTemperature, Maximum = Room.MaxTemperature)]
    public double Temperature;

    /// <summary>What its thermostat aims at.</summary>
    [Unit("°C", Minimum = Room.MinTemperature, Maximum = Room.MaxTemperature)]
    public double Target;
}
