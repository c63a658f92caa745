using Heron.Core.Composition;
using Heron.Core.Features;

namespace Heron.Simulations.Thermostat;

/// <summary>What Thermostat-v0 is made of, for composed environments.</summary>
internal static class ThermostatParts
{
    public static CompositionCatalog AddTo(CompositionCatalog catalog) => catalog
        .Add(new AgentClass<Room, RoomArguments>(
            "room",
            "A room whose thermostat heats or cools by action * 2 °C, with the action in [-1, 1]. It sees temperature and target of all rooms, its own first, and gets minus the distance between its own two in °C.",
            (arguments, place) => new Room(place.Id, new RoomTemperature { Temperature = arguments.InitialTemperature, Target = arguments.TargetTemperature })))
        .Add(new SimulationClass<ThermostatArguments>(
            "thermostat",
            "The building of Thermostat-v0: in a step every room loses a tenth of its distance to the temperature outside, then moves a twentieth of the way to the mean of all. Metrics: mean_error (°C).",
            ["room"],
            Connect));

    private static void Connect(ThermostatArguments arguments, SimulationSetup setup)
    {
        Feature<RoomTemperature>[] rooms = [.. setup.Agents<Room>(atLeast: 1).Select(room => room.Air)];
        setup.Builder
            .SimulateWith(() => new HeatFlow(rooms, arguments.OutsideTemperature))
            .ScoreWith(new ThermostatScore(rooms));
    }
}
