using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Spaces;

namespace Heron.Simulations.Drones;

/// <summary>Flies along a way against the wind, seen by everybody.</summary>
public sealed class Drone : FieldAgent
{
    private const double WayPerStep = 0.02;

    /// <summary>Creates a drone.</summary>
    /// <param name="id">Unique within the environment.</param>
    /// <param name="start">Where it is at the start of every episode.</param>
    public Drone(string id, DronePosition start)
        : base(id)
    {
        Position = AddFeature(start, Visibility.Public);
        ActionSpace = new BoxSpace(-1, 1);
        ActionLabels = ["speed (2 % of the way per step)"];
    }

    /// <summary>Where it is.</summary>
    public Feature<DronePosition> Position { get; }

    /// <summary>Flies for one step.</summary>
    public override void Apply(in AgentContext context)
    {
        ref double x = ref context.Get(Position).X;
        x = Math.Clamp(x + (WayPerStep * context.Action[0]), 0, 1);
    }

    /// <summary>x - 0.5 x², which grows with the way made, up to 0.5.</summary>
    public override double Reward(in AgentView view)
    {
        double x = view.Get(Position).X;
        return x - (0.5 * x * x);
    }
}
