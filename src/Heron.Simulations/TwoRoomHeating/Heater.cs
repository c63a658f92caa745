using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>Heats and cools one zone. Each decision is one push of heat, so a heater that decides rarely heats rarely.</summary>
public sealed class Heater : FieldAgent
{
    private readonly double _gain;
    private readonly Feature<HeatLimit> _limit;

    /// <summary>Creates a heater.</summary>
    /// <param name="id">Unique within the environment.</param>
    /// <param name="initial">Temperature and target of its zone at the start of every episode.</param>
    /// <param name="gain">Degrees that its zone gains from full heat.</param>
    /// <param name="stepPeriod">It acts in every n-th step of step mode.</param>
    /// <param name="schedule">When it acts event-driven.</param>
    public Heater(string id, ZoneTemperature initial, double gain, int stepPeriod, ScheduleConfig schedule)
        : base(id)
    {
        _gain = gain;
        Zone = AddFeature(initial, Visibility.Owner | Visibility.UpperLevel);
        _limit = AddFeature(default(HeatLimit), Visibility.None);
        ActionSpace = new BoxSpace(-1, 1);
        ActionLabels = ["heating (share of full heat)"];
        StepPeriod = stepPeriod;
        WhenIdle = IdleBehavior.Skip;
        Schedule = schedule;
        Handle(OverheatAlert.Event, (in AgentContext context, Agent? _, in OverheatAlert _) => context.Get(_limit).IsOn = true);
    }

    /// <summary>Temperature and target of its zone.</summary>
    public Feature<ZoneTemperature> Zone { get; }

    /// <summary>Pushes heat into the zone, or none after an alert.</summary>
    public override void Apply(in AgentContext context)
    {
        ref HeatLimit limit = ref context.Get(_limit);
        double heat = limit.IsOn ? Math.Min(context.Action[0], 0) : context.Action[0];
        limit.IsOn = false;
        context.Get(Zone).Temperature += heat * _gain;
    }

    /// <summary>Loses a point for every degree between temperature and target.</summary>
    public override double Reward(in AgentView view)
    {
        ref readonly ZoneTemperature zone = ref view.Get(Zone);
        return -Math.Abs(zone.Temperature - zone.Target);
    }
}
