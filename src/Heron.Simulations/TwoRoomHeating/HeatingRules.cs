using Heron.Core.Policies;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>Rules by which a building is run without learning.</summary>
internal static class HeatingRules
{
    private const float DegreesToFullHeat = 5;
    private const float VentAbove = 28;
    private const float DegreesToFullyOpen = 5;

    /// <summary>Heats in proportion to what is missing to the target; full heat from 5 degrees on.</summary>
    public static Policy Heat { get; } = new RuleBasedPolicy((in PolicyContext context) =>
    {
        context.Continuous[0] = Heating(context.Observation);
        return true;
    })
    { ObservationMode = ObservationMode.Local };

    /// <summary>Opens the vent in proportion to what the warmest zone has above 28 °C; fully from 33 °C on.</summary>
    public static Policy Ventilate { get; } = new RuleBasedPolicy((in PolicyContext context) =>
    {
        context.Continuous[0] = Opening(context.Observation);
        return true;
    });

    /// <summary>Does both for the whole floor: heat for each zone, then the vent.</summary>
    public static Policy RunFloor { get; } = new RuleBasedPolicy((in PolicyContext context) =>
    {
        int zones = context.Continuous.Length - 1;
        for (int zone = 0; zone < zones; zone++)
        {
            context.Continuous[zone] = Heating(context.Observation[(2 * zone)..]);
        }

        context.Continuous[zones] = Opening(context.Observation);
        return true;
    });

    // Temperature, target.
    private static float Heating(ReadOnlySpan<float> zone) => Math.Clamp((zone[1] - zone[0]) / DegreesToFullHeat, -1, 1);

    // Temperature and target of every zone, then the vent.
    private static float Opening(ReadOnlySpan<float> building)
    {
        float warmest = float.NegativeInfinity;
        for (int zone = 0; zone + 1 < building.Length; zone += 2)
        {
            warmest = Math.Max(warmest, building[zone]);
        }

        return Math.Clamp((warmest - VentAbove) / DegreesToFullyOpen, 0, 1);
    }
}
