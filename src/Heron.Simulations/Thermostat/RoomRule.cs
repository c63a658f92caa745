using Heron.Core.Policies;

namespace Heron.Simulations.Thermostat;

/// <summary>The thermostat without learning: heats in proportion to what is missing to the target; full heat from 5 degrees on.</summary>
internal static class RoomRule
{
    private const float DegreesToFullHeat = 5;

    public static Policy Policy { get; } = new RuleBasedPolicy((in PolicyContext context) =>
    {
        // Temperature, target.
        context.Continuous[0] = Math.Clamp((context.Observation[1] - context.Observation[0]) / DegreesToFullHeat, -1, 1);
        return true;
    })
    { ObservationMode = ObservationMode.Local };
}
