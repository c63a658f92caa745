using Heron.Core.Randomness;

namespace Heron.Simulations.SensorNetwork;

/// <summary>How signals come, fade and spread over the graph of the sensors; one number per sensor.</summary>
internal static class SignalField
{
    private const double FadeFactor = 0.9;
    private const double Injection = 1;
    private const double SpreadFactor = 0.5;
    private const double MaxSignal = 2;

    /// <summary>Every signal loses a tenth.</summary>
    public static void Fade(Span<double> signals)
    {
        foreach (ref double signal in signals)
        {
            signal *= FadeFactor;
        }
    }

    /// <summary>One or two different sensors get a signal; with one sensor only that one.</summary>
    public static void InjectAtRandom(Span<double> signals, ref RandomStream random)
    {
        bool isPair = random.NextInt32(2) == 1;
        int first = random.NextInt32(signals.Length);
        Inject(ref signals[first]);
        if (isPair && signals.Length > 1)
        {
            int second = random.NextInt32(signals.Length - 1);
            Inject(ref signals[second < first ? second : second + 1]);
        }
    }

    /// <summary>Something happens at one sensor.</summary>
    public static void Inject(ref double signal) => signal = Math.Min(signal + Injection, MaxSignal);

    /// <summary>Signals above the threshold reach each neighbour with a probability, at half their strength.</summary>
    /// <param name="signals">In and out.</param>
    /// <param name="before">Working memory of the same length: what spreads is the signals as they were at the start.</param>
    /// <param name="neighbors">The graph.</param>
    /// <param name="probability">Per neighbour, 0 to 1.</param>
    /// <param name="random">The stream that is advanced.</param>
    public static void Spread(Span<double> signals, Span<double> before, int[][] neighbors, double probability, ref RandomStream random)
    {
        signals.CopyTo(before);
        for (int i = 0; i < before.Length; i++)
        {
            if (before[i] <= Sensor.Threshold)
            {
                continue;
            }

            foreach (int j in neighbors[i])
            {
                if (random.NextDouble() < probability)
                {
                    signals[j] = Math.Min(signals[j] + (SpreadFactor * before[i]), MaxSignal);
                }
            }
        }
    }

    /// <summary>The mean of the neighbours' detections; 0 without neighbours.</summary>
    public static double MeanDetection(ReadOnlySpan<double> detections, int[] neighbors)
    {
        double sum = 0;
        foreach (int j in neighbors)
        {
            sum += detections[j];
        }

        return neighbors.Length == 0 ? 0 : sum / neighbors.Length;
    }
}
