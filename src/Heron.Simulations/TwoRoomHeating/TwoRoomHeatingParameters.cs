using Heron.Core.Environments;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>Parameters that all levels of TwoRoomHeating have.</summary>
public record TwoRoomHeatingParameters
{
    /// <summary>Length of an episode in steps of one second, default 200.</summary>
    [EnvironmentParameter("Length of an episode.", Unit = "steps", Minimum = 1, Maximum = 1_000_000)]
    public int MaxEpisodeSteps { get; set; } = 200;

    /// <summary>Temperature outside at the start, default 15 °C.</summary>
    [EnvironmentParameter("Temperature outside at the start.", Unit = "°C", Minimum = -50, Maximum = 60)]
    public double AmbientTemperature { get; set; } = 15;

    /// <summary>Temperature that both heaters aim at, default 22 °C.</summary>
    [EnvironmentParameter("Temperature that both heaters aim at.", Unit = "°C", Minimum = 5, Maximum = 40)]
    public double TargetTemperature { get; set; } = 22;

    /// <summary>Temperature of each zone at the start, default 18 °C for both.</summary>
    [EnvironmentParameter("Temperature of the zones at the start, one for both or one each.", Unit = "°C", Minimum = 5, Maximum = 40)]
    public double[] InitialTemperatures { get; set; } = [18, 18];

    /// <summary>Degrees that each zone gains from full heat, default 2 for heater_a and 3 for heater_b.</summary>
    [EnvironmentParameter("Degrees that a zone gains from full heat, one for both heaters or one each.", Unit = "°C", Minimum = 0, Maximum = 40)]
    public double[] HeaterGains { get; set; } = [2, 3];
}
