using Heron.Core.Composition;
using Heron.Core.Environments;
using Heron.Simulations.Arena;
using Heron.Simulations.Composed;
using Heron.Simulations.SensorNetwork;
using Heron.Simulations.SimpleMicrogrids;
using Heron.Simulations.Thermostat;
using Heron.Simulations.TransportFleet;
using Heron.Simulations.TwoRoomHeating;

namespace Heron.Simulations;

/// <summary>The environments that HeronServer ships.</summary>
public static class HeronEnvironments
{
    /// <summary>Adds all of them to a catalogue.</summary>
    /// <param name="registry">Must not hold any of them yet.</param>
    /// <param name="parts">What <c>Composed-v0</c> can be made of; default <see cref="ComposedHeronEnvironment.AddParts"/> and nothing more.</param>
    /// <returns>The same catalogue, for chaining.</returns>
    /// <exception cref="ArgumentException">One is already there.</exception>
    public static EnvironmentRegistry AddTo(EnvironmentRegistry registry, CompositionCatalog? parts = null)
    {
        foreach (EnvironmentDefinition definition in All(parts))
        {
            registry.Add(definition);
        }

        return registry;
    }

    private static IEnumerable<EnvironmentDefinition> All(CompositionCatalog? parts) =>
    [
        ComposedHeronEnvironment.Define(parts),
        MultiAgentArena.Definition,
        SensorNetworkEnvironment.Definition,
        SimpleMicrogridsEnvironment.Definition,
        ThermostatEnvironment.Definition,
        TransportFleetEnvironment.Definition,
        .. TwoRoomHeatingEnvironment.Definitions,
    ];
}
