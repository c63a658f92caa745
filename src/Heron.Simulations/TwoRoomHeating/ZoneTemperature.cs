using Heron.Core.Features;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>How warm a zone is, and how warm it should be.</summary>
public struct ZoneTemperature
{
    /// <summary>Air temperature, 5 to 40 after every run of the physics.</summary>
    [Unit("°C")]
    public double Temperature;

    /// <summary>What its heater aims at.</summary>
    [Unit("°C")]
    public double Target;
}
