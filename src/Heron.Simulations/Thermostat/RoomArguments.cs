using Heron.Core.Environments;

namespace Heron.Simulations.Thermostat;

/// <summary>Arguments of a <see cref="Room"/> in a composed environment.</summary>
internal sealed record RoomArguments
{
    [EnvironmentParameter("Temperature at the start of every episode.", Unit = "°C", Minimum = Room.MinTemperature, Maximum = Room.MaxTemperature)]
    public double InitialTemperature { get; set; } = 20;

    [EnvironmentParameter("Temperature that its thermostat aims at.", Unit = "°C", Minimum = Room.MinTemperature, Maximum = Room.MaxTemperature)]
    public double TargetTemperature { get; set; } = 22;
}
