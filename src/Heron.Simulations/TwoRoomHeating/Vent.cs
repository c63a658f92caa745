using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>A vent that lets warm air out of all zones. It stays as it was set.</summary>
public sealed class Vent : FieldAgent
{
    /// <summary>Reward lost per step by a vent that is fully open.</summary>
    public const double OpenCost = 0.5;

    /// <summary>Creates a closed vent.</summary>
    /// <param name="id">Unique within the environment.</param>
    /// <param name="schedule">Its delays event-driven.</param>
    public Vent(string id, ScheduleConfig schedule)
        : base(id)
    {
        Status = AddFeature(default(VentStatus), Visibility.Owner | Visibility.UpperLevel);
        ActionSpace = new BoxSpace(0, 1);
        ActionLabels = ["opening (fraction)"];
        WhenIdle = IdleBehavior.Skip;
        Schedule = schedule;
    }

    /// <summary>How far it is open.</summary>
    public Feature<VentStatus> Status { get; }

    /// <summary>Opens as far as it was told.</summary>
    public override void Apply(in AgentContext context) => context.Get(Status).IsOpen = context.Action[0];

    /// <summary>Loses half a point when fully open.</summary>
    public override double Reward(in AgentView view) => -OpenCost * view.Get(Status).IsOpen;
}
