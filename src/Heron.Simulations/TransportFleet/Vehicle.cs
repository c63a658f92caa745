using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Spaces;

namespace Heron.Simulations.TransportFleet;

/// <summary>Drives about, as long as it has fuel and has not broken down, and serves the requests that it comes near.</summary>
public sealed class Vehicle : FieldAgent
{
    private const double BrokenReward = -0.1;

    /// <summary>Creates a vehicle at the depot.</summary>
    /// <param name="id">Unique within the environment.</param>
    /// <param name="fuel">Distance that it can go in an episode.</param>
    public Vehicle(string id, double fuel)
        : base(id)
    {
        Status = AddFeature(new VehicleStatus { Fuel = fuel }, Visibility.Owner | Visibility.UpperLevel, keepsPrevious: true);
        ActionSpace = new BoxSpace(-1, 1, 2);
        ActionLabels = ["dx", "dy"];
        WhenIdle = IdleBehavior.Skip;
    }

    /// <summary>Where and how it is.</summary>
    public Feature<VehicleStatus> Status { get; }

    /// <summary>Moves by the action and burns fuel for the way.</summary>
    public override void Apply(in AgentContext context)
    {
        ref VehicleStatus status = ref context.Get(Status);
        if (status.IsUsable)
        {
            (double dx, double dy) = (context.Action[0], context.Action[1]);
            status.X += dx;
            status.Y += dy;
            status.Fuel = Math.Max(0, status.Fuel - Math.Sqrt((dx * dx) + (dy * dy)));
        }
    }

    /// <summary>Deliveries per unit of fuel burnt since the last reward, where less than one unit counts as one; a broken vehicle loses 0.1.</summary>
    public override double Reward(in AgentView view)
    {
        ref readonly VehicleStatus now = ref view.Get(Status);
        ref readonly VehicleStatus before = ref view.GetPrevious(Status);
        return now.IsBroken ? BrokenReward : (now.Deliveries - before.Deliveries) / Math.Max(before.Fuel - now.Fuel, 1);
    }
}
