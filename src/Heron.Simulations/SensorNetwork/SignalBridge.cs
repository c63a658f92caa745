using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Simulations.SensorNetwork;

/// <summary>Lets signals fade, come and spread, and tells every sensor what its neighbours report.</summary>
internal sealed class SignalBridge(Feature<SensorReading>[] readings, int[][] neighbors, double spread) : ISimulationBridge
{
    private readonly double[] _signals = new double[readings.Length];
    private readonly double[] _before = new double[readings.Length];
    private readonly double[] _detections = new double[readings.Length];

    public void ReadState(in SimulationContext context)
    {
        for (int i = 0; i < readings.Length; i++)
        {
            ref SensorReading reading = ref context.Get(readings[i]);
            _signals[i] = reading.SignalStrength;
            _detections[i] = reading.Detection;
        }
    }

    public void Simulate(in SimulationContext context)
    {
        SignalField.Fade(_signals);
        SignalField.InjectAtRandom(_signals, ref context.Random);
        SignalField.Spread(_signals, _before, neighbors, spread, ref context.Random);
    }

    public void WriteResults(in SimulationContext context)
    {
        for (int i = 0; i < readings.Length; i++)
        {
            ref SensorReading reading = ref context.Get(readings[i]);
            reading.SignalStrength = _signals[i];
            reading.NeighborAvgDetection = SignalField.MeanDetection(_detections, neighbors[i]);
        }
    }
}
