using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Protocols;
using Heron.Core.Scheduling;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>Draws the building of one level, part by part.</summary>
internal sealed class BuildingPlan
{
    private const int HeaterPeriodB = 3;
    private const int ControllerPeriod = 5;
    private const double MonitorCooldownSeconds = 2;

    private readonly string _environmentId;
    private readonly TwoRoomHeatingParameters _parameters;
    private readonly HeronEnvironmentBuilder _builder;
    private readonly Outdoors _outdoors;
    private Heater[] _heaters = [];
    private Vent? _vent;
    private double? _alertAbove;
    private Func<ScheduleConfig, ScheduleConfig> _delay = schedule => schedule;

    public BuildingPlan(string environmentId, TwoRoomHeatingParameters parameters, IReadOnlyDictionary<string, object> resolved)
    {
        _environmentId = environmentId;
        _parameters = parameters;
        _outdoors = new Outdoors(parameters.AmbientTemperature);
        _builder = new HeronEnvironmentBuilder(environmentId, new HeronEnvironmentOptions
        {
            MaxEpisodeSteps = parameters.MaxEpisodeSteps,
            Parameters = resolved,
        }).Add(_outdoors);
    }

    /// <summary>From here on everything is late, and each time a little differently.</summary>
    public BuildingPlan Delay()
    {
        _delay = schedule => (schedule with { ObservationDelaySeconds = 0.05, ActionDelaySeconds = 0.1, MessageDelaySeconds = 0.02 }).WithJitter(JitterKind.Gaussian, 0.1);
        return this;
    }

    /// <summary>The building controller alerts heaters of zones that are too warm.</summary>
    public BuildingPlan Alert(VentedHeatingParameters parameters)
    {
        _alertAbove = parameters.OverheatThreshold;
        return this;
    }

    /// <summary>Two heaters of different rates below the system agent.</summary>
    public BuildingPlan AddHeaters()
    {
        AddHeaters(_outdoors.Id, periodB: HeaterPeriodB);
        _builder.AddRule("heater_*", HeatingRules.Heat);
        return this;
    }

    /// <summary>A coordinator that sees both zones, and nothing more.</summary>
    public BuildingPlan AddWatcher()
    {
        _builder.Add(new ZoneController("building_ctrl", _heaters, _vent, Pace(ControllerPeriod), isWatching: true), _outdoors.Id);
        return this;
    }

    /// <summary>A coordinator whose decision is passed on to the vent below it.</summary>
    public BuildingPlan AddVent(VentedHeatingParameters parameters)
    {
        AddVent(_outdoors.Id, Pace(ControllerPeriod));
        _builder.AddRule("building_ctrl", HeatingRules.Ventilate);
        return Monitor(parameters, "building_ctrl");
    }

    /// <summary>Every heater learns the temperature of the other's zone.</summary>
    public BuildingPlan ShareTemperatures()
    {
        _builder.Coordinate(_outdoors.Id, new Protocol(new StateSharing(Topology.Complete, "temperature")), "heater_*");
        return this;
    }

    /// <summary>Cold snaps and heat waves.</summary>
    public BuildingPlan ChangeWeather(DisturbedHeatingParameters parameters)
    {
        if (parameters.Disturbances)
        {
            _builder.DisturbWith(Outdoors.Weather);
        }

        return this;
    }

    /// <summary>One controller for the whole floor, whose joint decision is divided among heaters and building controller; the latter passes its part on.</summary>
    public BuildingPlan AddFloor(FloorHeatingParameters parameters)
    {
        const string Floor = "floor_ctrl";
        AddHeaters(Floor, periodB: 1);
        AddVent(Floor, (StepPeriod: 1, new ScheduleConfig(60)));
        var floor = new ZoneController(Floor, _heaters, _vent, (StepPeriod: 1, new ScheduleConfig(parameters.FloorInterval)), isWatching: false);
        _builder.Add(floor, _outdoors.Id).Coordinate(Floor, new Protocol(action: new VectorDecomposition())).AddRule(Floor, HeatingRules.RunFloor);
        return Monitor(parameters, Floor);
    }

    public EnvironmentFactory Build()
    {
        Feature<ZoneTemperature>[] zones = [.. _heaters.Select(heater => heater.Zone)];
        return _builder
            .SimulateWith(() => new AirFlow(zones, _vent?.Status, _outdoors.Air))
            .ScoreWith(new HeatingScore(zones, _outdoors.Air))
            .Build();
    }

    private void AddHeaters(string parentId, int periodB)
    {
        _heaters = [NewHeater("heater_a", 0, stepPeriod: 1), NewHeater("heater_b", 1, periodB)];
        foreach (Heater heater in _heaters)
        {
            _builder.Add(heater, parentId);
        }
    }

    private void AddVent(string parentId, (int StepPeriod, ScheduleConfig Schedule) pace)
    {
        _vent = new Vent("vent", _delay(new ScheduleConfig(1)));
        var controller = new ZoneController("building_ctrl", _heaters, _vent, pace, isWatching: false) { AlertAbove = _alertAbove };
        _builder.Add(controller, parentId).Add(_vent, controller.Id).Coordinate(controller.Id, new Protocol(action: new BroadcastAction()));
    }

    private BuildingPlan Monitor(VentedHeatingParameters parameters, string wokenId)
    {
        foreach (Heater heater in parameters.OverheatMonitors ? _heaters : [])
        {
            string id = heater.Id.Replace("heater", "overheat", StringComparison.Ordinal);
            _builder.WakeOn(ConditionMonitor.Threshold(id, wokenId, (in view) => view.Get(heater.Zone).Temperature, parameters.OverheatThreshold, above: true) with
            {
                CooldownSeconds = MonitorCooldownSeconds,
            });
        }

        return this;
    }

    private Heater NewHeater(string id, int index, int stepPeriod)
    {
        var zone = new ZoneTemperature
        {
            Temperature = OneOf("initial_temperatures", _parameters.InitialTemperatures, index),
            Target = _parameters.TargetTemperature,
        };
        return new Heater(id, zone, OneOf("heater_gains", _parameters.HeaterGains, index), stepPeriod, Pace(stepPeriod).Schedule);
    }

    // In event-driven mode an agent keeps the rate that it has in step mode, whose steps are seconds.
    private (int StepPeriod, ScheduleConfig Schedule) Pace(int period) => (period, _delay(new ScheduleConfig(period)));

    private double OneOf(string name, double[] values, int index) => values.Length <= 2
        ? values[index % values.Length]
        : throw new ArgumentException($"Parameter '{name}' of {_environmentId} has {values.Length} numbers; give one for both, or one each for heater_a and heater_b.");
}
