using Heron.Core.Environments;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>Parameters of v7, where one controller decides for the whole floor.</summary>
public sealed record FloorHeatingParameters : DisturbedHeatingParameters
{
    /// <summary>Simulated seconds between two decisions of floor_ctrl event-driven, default 10; in step mode it decides in every step.</summary>
    [EnvironmentParameter("Seconds between two decisions of floor_ctrl event-driven; in step mode it decides in every step.", Unit = "s", Minimum = 0.01, Maximum = 3600)]
    public double FloorInterval { get; set; } = 10;
}
