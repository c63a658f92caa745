using Heron.Core.Environments;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>Parameters of the levels whose weather changes, v4 and later.</summary>
public record DisturbedHeatingParameters : VentedHeatingParameters
{
    /// <summary>Whether the weather changes event-driven, default true.</summary>
    [EnvironmentParameter("Whether event-driven the weather changes: 5 °C down at 10 s, 8 °C down at 30 s, 10 °C up at 50 s.")]
    public bool Disturbances { get; set; } = true;
}
