using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.Simulations.Drones;

/// <summary>Decides one number for each of its drones; a protocol passes them on.</summary>
public sealed class Fleet : CoordinatorAgent
{
    private readonly Drone[] _drones;

    /// <summary>Creates a fleet.</summary>
    /// <param name="id">Unique within the environment.</param>
    /// <param name="drones">Those directly below it, at least one.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public Fleet(string id, IReadOnlyList<Drone> drones)
        : base(id)
    {
        if (drones.Count == 0)
        {
            throw new ArgumentException($"Fleet '{id}' has no drones; put at least one below it.", nameof(drones));
        }

        _drones = [.. drones];
        Status = AddFeature(new FleetStatus { MeanSeparation = 0.5 }, Visibility.Public);
        ActionSpace = new BoxSpace(-1, 1, drones.Count);
        ActionLabels = [.. drones.Select(drone => $"{drone.Id}/speed (2 % of the way per step)")];
        Schedule = new ScheduleConfig(tickIntervalSeconds: 1);
    }

    /// <summary>How it is doing.</summary>
    public Feature<FleetStatus> Status { get; }

    /// <summary>Its drones.</summary>
    public IReadOnlyList<Drone> Drones => _drones;

    /// <summary>The mean of what its drones get.</summary>
    public override double Reward(in AgentView view)
    {
        double sum = 0;
        foreach (Drone drone in _drones)
        {
            sum += drone.Reward(view);
        }

        return sum / _drones.Length;
    }
}
