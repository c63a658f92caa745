using Heron.Core.Environments;
using Heron.Simulations.Arena;
using Heron.Simulations.SensorNetwork;
using Heron.Simulations.SimpleMicrogrids;
using Heron.Simulations.Thermostat;
using Heron.Simulations.TransportFleet;
using Heron.Simulations.TwoRoomHeating;

namespace Heron.Simulations;

/// <summary>The environments that HeronServer ships.</summary>
public static class HeronEnvironments
{
    private static IEnumerable<EnvironmentDefinition> All =>
    [
        MultiAgentArena.Definition,
        SensorNetworkEnvironment.Definition,
        SimpleMicrogridsEnvironment.Definition,
        ThermostatEnvironment.Definition,
        TransportFleetEnvironment.Definition,
        .. TwoRoomHeatingEnvironment.Definitions,
    ];

    /// <summary>Adds all of them to a catalogue.</summary>
    /// <param name="registry">Must not hold any of them yet.</param>
    /// <returns>The same catalogue, for chaining.</returns>
    /// <exception cref="ArgumentException">One is already there.</exception>
    public static EnvironmentRegistry AddTo(EnvironmentRegistry registry)
    {
        foreach (EnvironmentDefinition definition in All)
        {
            registry.Add(definition);
        }

        return registry;
    }
}
