namespace Heron.Simulations.TwoRoomHeating;

/// <summary>One lesson of TwoRoomHeating: what it adds to the levels before.</summary>
/// <param name="Version">0 to 7, the version of its environment.</param>
/// <param name="Title">Its subject in a few words.</param>
/// <param name="Concept">What it shows, in a sentence.</param>
/// <param name="Structure">The tree, and who acts when.</param>
public sealed record TwoRoomHeatingLevel(int Version, string Title, string Concept, string Structure)
{
    private const string Vented =
        "system_agent above heater_a, heater_b and building_ctrl (every 5 steps or 5 s), which commands the vent below it. heater_b acts in every third step or every 3 s.";

    /// <summary>All levels, in order.</summary>
    public static IReadOnlyList<TwoRoomHeatingLevel> All { get; } =
    [
        new(0, "different rates", "Two heaters of one building act at different rates.",
            "system_agent above heater_a (every step, every second) and heater_b (every third step, every 3 s)."),
        new(1, "a coordinator that watches", "A coordinator sees both zones without acting.",
            "system_agent above heater_a, heater_b (every third step, every 3 s) and building_ctrl (every 5 steps or 5 s), which has one action: watch."),
        new(2, "a coordinator that commands", "A coordinator decides, and its broadcast protocol passes the decision on to a vent, which wakes up when it is told.", Vented),
        new(3, "peers that share", "A protocol among equals tells each heater the temperature of the other's zone.", Vented + " The heaters share their temperatures."),
        new(4, "disturbances", "The weather changes in the middle of an episode.", Vented),
        new(5, "custom events", "The coordinator alerts the heater of a zone that is too warm, and the next action of that heater may not heat.", Vented),
        new(6, "delays and jitter", "Observations, actions and messages are late, each time a little differently.",
            Vented + " Event-driven every agent observes after 0.05 s, acts 0.1 s later and is heard 0.02 s later, intervals included all with normal jitter of 10 %."),
        new(7, "nested coordinators", "A floor controller divides one joint decision among two heaters and the building controller, which passes its part on to the vent.",
            "system_agent above floor_ctrl (every step, every floor_interval seconds) above heater_a, heater_b and building_ctrl above the vent; only floor_ctrl is asked, the others are commanded."),
    ];

    /// <summary>Public name of its environment.</summary>
    public string EnvironmentId => $"TwoRoomHeating-v{Version}";
}
