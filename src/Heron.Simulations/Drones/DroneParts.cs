using Heron.Core.Composition;

namespace Heron.Simulations.Drones;

/// <summary>Drones, fleets and wind: the fleets of HERON's level 1, for composed environments.</summary>
internal static class DroneParts
{
    public static CompositionCatalog AddTo(CompositionCatalog catalog) => catalog
        .Add(new AgentClass<Drone, DroneArguments>(
            "drone",
            "Flies along a way from 0 to 1: its action in [-1, 1] moves it by action * 0.02. Everybody sees where it is. It gets x - x² / 2, with x the way made.",
            (arguments, place) => new Drone(place.Id, new DronePosition { X = arguments.X, Y = arguments.Y })))
        .Add(new AgentClass<Fleet, NoArguments>(
            "fleet",
            "Decides one number in [-1, 1] for each drone below it, which the protocol vector_decomposition passes on; without that nobody follows. Everybody sees its mean_separation and payload_progress. It gets the mean of what its drones get.",
            (_, place) => new Fleet(place.Id, place.Subordinates<Drone>())))
        .Add(new SimulationClass<WindArguments>(
            "drones",
            "The air: in a step the wind takes every drone back a little. No metrics.",
            ["drone", "fleet"],
            (arguments, setup) =>
            {
                IReadOnlyList<Drone> drones = setup.Agents<Drone>(atLeast: 1);
                IReadOnlyList<Fleet> fleets = setup.Agents<Fleet>();
                setup.Builder.SimulateWith(() => new WindBridge(drones, fleets, arguments));
            }));
}
