using Heron.Core.Composition;
using Heron.Core.Environments;
using Heron.Simulations.Drones;
using Heron.Simulations.SimpleMicrogrids;
using Heron.Simulations.Thermostat;
using Heron.Simulations.TwoRoomHeating;

namespace Heron.Simulations.Composed;

/// <summary>The environment that users put together themselves, from what the other environments are made of.</summary>
public static class ComposedHeronEnvironment
{
    /// <summary>Public name of the entry.</summary>
    public const string Id = "Composed-v0";

    private static readonly Dictionary<string, object> Example = new()
    {
        ["agents"] = new[]
        {
            new Dictionary<string, object> { ["agent_id"] = "room_a", ["agent_class"] = "room", ["coordinator"] = "building" },
            new Dictionary<string, object> { ["agent_id"] = "room_b", ["agent_class"] = "room", ["coordinator"] = "building" },
        },
        ["coordinators"] = new[] { new Dictionary<string, object> { ["coordinator_id"] = "building" } },
        ["simulation"] = new Dictionary<string, object> { ["name"] = "thermostat" },
    };

    /// <summary>Adds the agent classes and simulations that HeronServer ships to a catalogue.</summary>
    /// <param name="catalog">Must not hold any of them yet; add your own before or after.</param>
    /// <returns>The same catalogue, for chaining.</returns>
    /// <exception cref="ArgumentException">A name is taken.</exception>
    public static CompositionCatalog AddParts(CompositionCatalog catalog) =>
        DroneParts.AddTo(MicrogridParts.AddTo(HeatingParts.AddTo(ThermostatParts.AddTo(catalog))));

    /// <summary>The entry of Composed-v0.</summary>
    /// <param name="catalog">What there is to compose; default what HeronServer ships.</param>
    public static EnvironmentDefinition Define(CompositionCatalog? catalog = null) =>
        new ComposedEnvironment(Id, ComposedCard.Card, catalog ?? AddParts(new CompositionCatalog()), Example);
}
