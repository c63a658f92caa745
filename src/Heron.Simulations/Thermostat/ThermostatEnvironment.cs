using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Simulations.Thermostat;

/// <summary>The thermostats of HERON's level 5: rooms that see each other under one building.</summary>
public static class ThermostatEnvironment
{
    private const string Id = "Thermostat-v0";

    /// <summary>The catalogue entry of Thermostat-v0.</summary>
    public static EnvironmentDefinition Definition { get; } = new EnvironmentDefinition<ThermostatParameters>(Id, ThermostatCard.Card, Build);

    private static EnvironmentFactory Build(ThermostatParameters parameters, IReadOnlyDictionary<string, object> resolved)
    {
        var initial = new RoomTemperature { Temperature = parameters.InitialTemperature, Target = parameters.TargetTemperature };
        Room[] rooms = [.. Enumerable.Range(0, parameters.NumRooms).Select(i => new Room($"room_{(char)('a' + i)}", initial))];
        Feature<RoomTemperature>[] air = [.. rooms.Select(room => room.Air)];
        var system = new SystemAgent();
        var building = new CoordinatorAgent("building");
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder(Id, new HeronEnvironmentOptions
        {
            MaxEpisodeSteps = parameters.MaxEpisodeSteps,
            Parameters = resolved,
        }).Add(system).Add(building, system.Id);
        foreach (Room room in rooms)
        {
            builder.Add(room, building.Id);
        }

        return builder
            .SimulateWith(() => new HeatFlow(air, parameters.OutsideTemperature))
            .ScoreWith(new ThermostatScore(air))
            .AddRule("room_*", RoomRule.Policy)
            .Build();
    }
}
