using Heron.Core.Composition;
using Heron.Core.Features;
using Heron.Core.Scheduling;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>What the levels of TwoRoomHeating are made of, for composed environments.</summary>
internal static class HeatingParts
{
    private static readonly (int StepPeriod, ScheduleConfig Schedule) EverySecond = (1, new ScheduleConfig(1));

    public static CompositionCatalog AddTo(CompositionCatalog catalog) => catalog
        .Add(new AgentClass<Heater, HeaterArguments>(
            "heater",
            "Heats and cools one zone: each decision in [-1, 1] pushes action * gain into it. It sees temperature and target of its zone and gets minus the distance between them in °C.",
            (arguments, place) => new Heater(
                place.Id,
                new ZoneTemperature { Temperature = arguments.InitialTemperature, Target = arguments.TargetTemperature },
                arguments.Gain,
                EverySecond.StepPeriod,
                EverySecond.Schedule))
        {
            Rule = HeatingRules.Heat,
        })
        .Add(new AgentClass<Vent, NoArguments>(
            "vent",
            "Lets warm air out of all zones, as far as its last action in [0, 1] says. It sees its opening and loses 0.5 times that per step.",
            (_, place) => new Vent(place.Id, EverySecond.Schedule)))
        .Add(new AgentClass<ZoneController, ZoneControllerArguments>(
            "zone_controller",
            "Sees temperature and target of all zones and the opening of the vent, and gets the sum of the rewards of all heaters and the vent. It decides what its protocol passes on; without one its only action is to watch.",
            (arguments, place) => new ZoneController(
                place.Id, [.. place.Everyone<Heater>()], place.Everyone<Vent>() is [Vent vent, ..] ? vent : null, EverySecond, isWatching: place.Protocol?.CommandsNobody ?? true)
            {
                AlertAbove = arguments.AlertAbove,
            }))
        .Add(new SimulationClass<HeatingArguments>(
            "two_room_heating",
            "The building of TwoRoomHeating, with any number of zones: in a step every zone loses 5 % of its distance to the air outside, moves 3 % towards each other zone, and loses 0.5 °C times the opening of the vent. Metrics: mean_error and ambient_temperature (°C).",
            ["heater", "vent", "zone_controller"],
            Connect)
        {
            CreateSystem = arguments => new Outdoors(arguments.AmbientTemperature),
        });

    private static void Connect(HeatingArguments arguments, SimulationSetup setup)
    {
        Feature<ZoneTemperature>[] zones = [.. setup.Agents<Heater>(atLeast: 1).Select(heater => heater.Zone)];
        Feature<VentStatus>? vent = setup.Agents<Vent>(atMost: 1) is [Vent one] ? one.Status : null;
        Feature<OutsideAir> outside = setup.System<Outdoors>().Air;
        setup.Builder
            .SimulateWith(() => new AirFlow(zones, vent, outside))
            .ScoreWith(new HeatingScore(zones, outside));
        if (arguments.Disturbances)
        {
            setup.Builder.DisturbWith(Outdoors.Weather);
        }
    }
}
