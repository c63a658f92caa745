using Heron.Core.Environments;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>Arguments of a <see cref="Heater"/> in a composed environment.</summary>
internal sealed record HeaterArguments
{
    [EnvironmentParameter("Temperature of its zone at the start of every episode.", Unit = "°C", Minimum = 5, Maximum = 40)]
    public double InitialTemperature { get; set; } = 18;

    [EnvironmentParameter("Temperature that it aims at.", Unit = "°C", Minimum = 5, Maximum = 40)]
    public double TargetTemperature { get; set; } = 22;

    [EnvironmentParameter("Degrees that its zone gains from full heat.", Unit = "°C", Minimum = 0, Maximum = 40)]
    public double Gain { get; set; } = 2;
}
