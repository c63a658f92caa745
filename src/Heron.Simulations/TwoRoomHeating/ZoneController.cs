using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>A coordinator that watches all zones, and the vent if there is one. What it can do follows from its protocol; without one it only watches.</summary>
public sealed class ZoneController : CoordinatorAgent
{
    private readonly Heater[] _heaters;
    private readonly Feature<VentStatus>? _vent;

    /// <summary>Creates a controller.</summary>
    /// <param name="id">Unique within the environment.</param>
    /// <param name="heaters">Whose zones it watches; they need not stand below it.</param>
    /// <param name="vent">The vent that it watches, or null.</param>
    /// <param name="pace">When it acts: step period and schedule.</param>
    /// <param name="isWatching">Whether it has nothing to decide, because no protocol will pass its decisions on.</param>
    public ZoneController(string id, Heater[] heaters, Vent? vent, (int StepPeriod, ScheduleConfig Schedule) pace, bool isWatching)
        : base(id)
    {
        _heaters = heaters;
        _vent = vent?.Status;
        (StepPeriod, Schedule) = pace;
        float[] lowest = [.. Enumerable.Repeat(float.NegativeInfinity, 2 * heaters.Length), .. vent is null ? (float[])[] : [0]];
        float[] highest = [.. Enumerable.Repeat(float.PositiveInfinity, 2 * heaters.Length), .. vent is null ? (float[])[] : [1]];
        ObservationSpace = new BoxSpace(lowest, highest);
        ObservationLabels =
        [
            .. heaters.SelectMany(heater => (string[])[$"{heater.Id}/temperature (°C)", $"{heater.Id}/target (°C)"]),
            .. vent is null ? (string[])[] : [$"{vent.Id}/is_open (fraction)"],
        ];
        if (isWatching)
        {
            // An agent observes only if it acts, so who has nothing to decide gets one thing to do.
            ActionSpace = new DiscreteSpace(1);
            ActionLabels = ["watch"];
        }
    }

    /// <summary>Temperature in °C above which it alerts a zone's heater when it acts; null (default) for never.</summary>
    public double? AlertAbove { get; init; }

    /// <summary>Tells the heaters of zones that are too warm; event-driven only, step mode has no events.</summary>
    public override void Apply(in AgentContext context)
    {
        foreach (Heater heater in _heaters)
        {
            double temperature = context.Get(heater.Zone).Temperature;
            if (temperature > AlertAbove)
            {
                context.Raise(OverheatAlert.Event, heater, new OverheatAlert { Temperature = temperature });
            }
        }
    }

    /// <summary>Writes temperature and target of every zone, then the vent.</summary>
    public override void Observe(in AgentView view, Span<float> observation)
    {
        int next = 0;
        foreach (Heater heater in _heaters)
        {
            ref readonly ZoneTemperature zone = ref view.Get(heater.Zone);
            observation[next++] = (float)zone.Temperature;
            observation[next++] = (float)zone.Target;
        }

        if (_vent is not null)
        {
            observation[next] = (float)view.Get(_vent).IsOpen;
        }
    }

    /// <summary>The sum of what the agents that it watches get.</summary>
    public override double Reward(in AgentView view)
    {
        double sum = _vent is null ? 0 : -Vent.OpenCost * view.Get(_vent).IsOpen;
        foreach (Heater heater in _heaters)
        {
            sum += heater.Reward(view);
        }

        return sum;
    }
}
