using Heron.Core.Environments;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>Arguments of the two-room heating simulation in a composed environment.</summary>
internal sealed record HeatingArguments
{
    [EnvironmentParameter("Temperature outside at the start of every episode.", Unit = "°C", Minimum = -50, Maximum = 60)]
    public double AmbientTemperature { get; set; } = 15;

    [EnvironmentParameter("Whether event-driven the weather changes: 5 °C down at 10 s, 8 °C down at 30 s, 10 °C up at 50 s.")]
    public bool Disturbances { get; set; }
}
