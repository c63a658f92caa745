using Heron.Core.Environments;
using Heron.Simulations.Arena;
using Heron.Simulations.SimpleMicrogrids;
using Heron.Simulations.Thermostat;

namespace Heron.Simulations;

/// <summary>The environments that HeronServer ships.</summary>
public static class HeronEnvironments
{
    /// <summary>Adds all of them to a catalogue.</summary>
    /// <param name="registry">Must not hold any of them yet.</param>
    /// <returns>The same catalogue, for chaining.</returns>
    /// <exception cref="ArgumentException">One is already there.</exception>
    public static EnvironmentRegistry AddTo(EnvironmentRegistry registry) => registry
        .Add(MultiAgentArena.Definition)
        .Add(SimpleMicrogridsEnvironment.Definition)
        .Add(ThermostatEnvironment.Definition);
}
