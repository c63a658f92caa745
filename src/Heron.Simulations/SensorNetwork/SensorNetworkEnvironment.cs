using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Protocols;

namespace Heron.Simulations.SensorNetwork;

/// <summary>Sensors on a random graph under one coordinator.</summary>
public static class SensorNetworkEnvironment
{
    private const string Id = "SensorNetwork-v0";

    /// <summary>The catalogue entry of SensorNetwork-v0.</summary>
    public static EnvironmentDefinition Definition { get; } = new EnvironmentDefinition<SensorNetworkParameters>(Id, SensorNetworkCard.Card, Build);

    private static EnvironmentFactory Build(SensorNetworkParameters parameters, IReadOnlyDictionary<string, object> resolved)
    {
        int[][] neighbors = SensorGraph.Draw(parameters.NumSensors, parameters.Connectivity, parameters.GraphSeed);
        Sensor[] sensors = [.. neighbors.Select((_, i) => new Sensor($"sensor_{i}"))];
        Feature<SensorReading>[] readings = [.. sensors.Select(sensor => sensor.Reading)];
        var system = new SystemAgent();
        var coordinator = new SensorCoordinator("sensor_coordinator", sensors);
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder(Id, new HeronEnvironmentOptions
        {
            MaxEpisodeSteps = parameters.MaxEpisodeSteps,
            Parameters = resolved,
        }).Add(system).Add(coordinator, system.Id);
        foreach (Sensor sensor in sensors)
        {
            builder.Add(sensor, coordinator.Id).AddRule(sensor.Id, SensorRule.Policy);
        }

        if (parameters.ShareSignals)
        {
            builder.Coordinate(coordinator.Id, new Protocol(new StateSharing(TopologyOf(sensors, neighbors), "signal_strength")));
        }

        return builder
            .SimulateWith(() => new SignalBridge(readings, neighbors, parameters.Spread))
            .ScoreWith(new DetectionScore(readings))
            .Build();
    }

    private static Topology TopologyOf(Sensor[] sensors, int[][] neighbors) =>
        Topology.Of(sensors.Index().ToDictionary(pair => pair.Item.Id, pair => (IReadOnlyList<string>)[.. neighbors[pair.Index].Select(j => sensors[j].Id)]));
}
