using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Safety;

namespace Heron.Simulations.Drones;

/// <summary>The air: in a step the wind takes every drone back by a share of the way; drones that come too close may be pushed apart.</summary>
/// <remarks>x := clip(x - wind, 0, 1); then, with repulsion, whoever is nearer than 0.1 moves apart by half of what is missing.</remarks>
internal sealed class WindBridge(IReadOnlyList<Drone> drones, IReadOnlyList<Fleet> fleets, WindArguments arguments) : ISimulationBridge
{
    private const double SafeDistance = 0.1;

    private readonly double[] _positions = new double[2 * drones.Count];
    private readonly Feature<DronePosition>[] _drones = [.. drones.Select(drone => drone.Position)];
    private readonly (Feature<FleetStatus> Status, Feature<DronePosition>[] Drones)[] _fleets =
        [.. fleets.Select(fleet => (fleet.Status, fleet.Drones.Select(drone => drone.Position).ToArray()))];

    public void ReadState(in SimulationContext context)
    {
        for (int i = 0; i < _drones.Length; i++)
        {
            ref DronePosition position = ref context.Get(_drones[i]);
            (_positions[2 * i], _positions[(2 * i) + 1]) = (position.X, position.Y);
        }
    }

    public void Simulate(in SimulationContext context)
    {
        for (int i = 0; i < _positions.Length; i += 2)
        {
            _positions[i] = Math.Clamp(_positions[i] - arguments.Wind, 0, 1);
        }

        if (arguments.Repulsion)
        {
            PairwiseRepulsion.Separate(_positions, dimensions: 2, SafeDistance, low: 0, high: 1);
        }
    }

    public void WriteResults(in SimulationContext context)
    {
        for (int i = 0; i < _drones.Length; i++)
        {
            context.Get(_drones[i]) = new DronePosition { X = _positions[2 * i], Y = _positions[(2 * i) + 1] };
        }

        foreach ((Feature<FleetStatus> status, Feature<DronePosition>[] members) in _fleets)
        {
            context.Get(status) = new FleetStatus { MeanSeparation = MeanSeparation(context, members), PayloadProgress = MeanWay(context, members) };
        }
    }

    private static double MeanWay(in SimulationContext context, Feature<DronePosition>[] members)
    {
        double sum = 0;
        foreach (Feature<DronePosition> member in members)
        {
            sum += context.Get(member).X;
        }

        return sum / members.Length;
    }

    private static double MeanSeparation(in SimulationContext context, Feature<DronePosition>[] members)
    {
        double sum = 0;
        for (int i = 0; i < members.Length; i++)
        {
            for (int j = i + 1; j < members.Length; j++)
            {
                (DronePosition one, DronePosition other) = (context.Get(members[i]), context.Get(members[j]));
                sum += Math.Sqrt(((one.X - other.X) * (one.X - other.X)) + ((one.Y - other.Y) * (one.Y - other.Y)));
            }
        }

        int pairs = members.Length * (members.Length - 1) / 2;
        return pairs == 0 ? 0 : sum / pairs;
    }
}
