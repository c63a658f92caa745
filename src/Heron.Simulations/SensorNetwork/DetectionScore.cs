using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Simulations.SensorNetwork;

/// <summary>Leaves the rewards to the agents and counts how right the sensors are.</summary>
internal sealed class DetectionScore : EnvironmentScore
{
    private readonly Feature<SensorReading>[] _readings;

    public DetectionScore(Feature<SensorReading>[] readings)
    {
        _readings = readings;
        MetricNames = ["hits", "false_alarms", "misses"];
    }

    public override void Score(in ScoreContext context)
    {
        int hits = 0, falseAlarms = 0, misses = 0;
        foreach (Feature<SensorReading> feature in _readings)
        {
            ref readonly SensorReading reading = ref context.Get(feature);
            bool isSignal = reading.SignalStrength > Sensor.Threshold, isReported = reading.Detection >= 1;
            hits += isSignal && isReported ? 1 : 0;
            falseAlarms += !isSignal && isReported ? 1 : 0;
            misses += isSignal && !isReported ? 1 : 0;
        }

        context.Metrics[0] = hits;
        context.Metrics[1] = falseAlarms;
        context.Metrics[2] = misses;
    }
}
