using Heron.Core.Environments;

namespace Heron.Simulations.Thermostat;

/// <summary>Arguments of the thermostat simulation in a composed environment.</summary>
internal sealed record ThermostatArguments
{
    [EnvironmentParameter("Temperature outside.", Unit = "°C", Minimum = -50, Maximum = 60)]
    public double OutsideTemperature { get; set; } = 15;
}
