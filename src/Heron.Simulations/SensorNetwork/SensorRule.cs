using Heron.Core.Policies;

namespace Heron.Simulations.SensorNetwork;

/// <summary>The sensor without learning: reports what it measured in the step before.</summary>
internal static class SensorRule
{
    public static Policy Policy { get; } = new RuleBasedPolicy((in PolicyContext context) =>
    {
        context.Discrete[0] = context.Observation[0] > Sensor.Threshold ? 1 : 0;
        return true;
    });
}
