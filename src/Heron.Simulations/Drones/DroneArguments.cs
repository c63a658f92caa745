using Heron.Core.Environments;

namespace Heron.Simulations.Drones;

/// <summary>Arguments of a <see cref="Drone"/> in a composed environment.</summary>
internal sealed record DroneArguments
{
    [EnvironmentParameter("Way made at the start of every episode.", Minimum = 0, Maximum = 1)]
    public double X { get; set; }

    [EnvironmentParameter("Place across the way, which only the others' nearness changes.", Minimum = 0, Maximum = 1)]
    public double Y { get; set; } = 0.5;
}
