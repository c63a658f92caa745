using Heron.Core.Randomness;
using Heron.Simulations.SensorNetwork;

namespace Heron.Simulations.Tests.SensorNetwork;

public sealed class SignalFieldTests
{
    private static readonly int[][] Pair = [[1], [0]];

    // Node 1's own signal is 0 when the spreading starts, so it spreads nothing back.
    [Fact]
    public void Spread_InjectionAtOneOfTwo_ReachesTheOtherAtHalfStrength()
    {
        double[] signals = [0, 0];
        var random = new RandomStream(1);

        SignalField.Fade(signals);
        SignalField.Inject(ref signals[0]);
        SignalField.Spread(signals, new double[2], Pair, probability: 1, ref random);

        Assert.Equal([1.0, 0.5], signals);
    }

    [Fact]
    public void Spread_SignalAtTheThreshold_StaysWhereItIs()
    {
        double[] signals = [0.5, 0];
        var random = new RandomStream(1);

        SignalField.Spread(signals, new double[2], Pair, probability: 1, ref random);

        Assert.Equal([0.5, 0.0], signals);
    }

    [Fact]
    public void Spread_ManySteps_StaysWithinTwo()
    {
        double[] signals = new double[4];
        int[][] complete = [.. Enumerable.Range(0, 4).Select(i => Enumerable.Range(0, 4).Where(j => j != i).ToArray())];
        var random = new RandomStream(1);
        double highest = 0;

        for (int step = 0; step < 200; step++)
        {
            SignalField.Fade(signals);
            SignalField.InjectAtRandom(signals, ref random);
            SignalField.Spread(signals, new double[4], complete, probability: 1, ref random);
            highest = Math.Max(highest, signals.Max());
        }

        Assert.Equal(2, highest);
    }

    // Each sensor of five is hit by 1.5 of 5 injections a step.
    [Fact]
    public void InjectAtRandom_ManyTimes_HitsOneOrTwoDifferentSensorsEvenly()
    {
        const int Times = 20_000;
        var random = new RandomStream(3);
        double[] hits = new double[5];
        int[] counts = new int[3];
        for (int i = 0; i < Times; i++)
        {
            double[] signals = new double[5];
            SignalField.InjectAtRandom(signals, ref random);
            counts[signals.Count(signal => signal > 0)]++;
            Assert.All(signals, signal => Assert.True(signal is 0 or 1));
            for (int node = 0; node < 5; node++)
            {
                hits[node] += signals[node];
            }
        }

        Assert.Equal(0, counts[0]);
        Assert.Equal(0.5, counts[2] / (double)Times, 0.02);
        Assert.All(hits, count => Assert.Equal(0.3, count / Times, 0.02));
    }

    [Fact]
    public void MeanDetection_OneOfFourNeighbours_IsAQuarter() =>
        Assert.Equal(0.25, SignalField.MeanDetection([0, 1, 0, 0, 0], [1, 2, 3, 4]));

    [Fact]
    public void MeanDetection_NoNeighbours_IsZero() => Assert.Equal(0, SignalField.MeanDetection([1], []));
}
