using Heron.Core.Safety;

namespace Heron.Core.Tests.Safety;

public sealed class PairwiseRepulsionTests
{
    // (0.50, 0.5) and (0.54, 0.5) are 0.04 apart, so each moves (0.1 - 0.04) / 2 = 0.03.
    [Fact]
    public void Separate_TooClose_PushesBothByHalf()
    {
        double[] positions = [0.50, 0.5, 0.54, 0.5];

        PairwiseRepulsion.Separate(positions, dimensions: 2, minimumDistance: 0.1, low: 0, high: 1);

        Assert.Equal([0.47, 0.5, 0.57, 0.5], positions, Near);
    }

    [Fact]
    public void Separate_FarEnough_ChangesNothing()
    {
        double[] positions = [0.25, 0.25, 0.5, 0.5];

        bool isClear = PairwiseRepulsion.Separate(positions, dimensions: 2, minimumDistance: 0.1, low: 0, high: 1);

        Assert.True(isClear);
        Assert.Equal([0.25, 0.25, 0.5, 0.5], positions);
    }

    [Fact]
    public void Separate_SameSpot_PushesApartAlongTheFirstAxis()
    {
        double[] positions = [0.5, 0.5, 0.5, 0.5];

        PairwiseRepulsion.Separate(positions, dimensions: 2, minimumDistance: 0.1, low: 0, high: 1);

        Assert.Equal([0.45, 0.5, 0.55, 0.5], positions, Near);
    }

    // The wall takes back half of the push in the first pass; more passes push the other on.
    [Fact]
    public void Separate_AtAWall_NeedsMorePasses()
    {
        double[] once = [0, 0.02];
        double[] often = [0, 0.02];

        bool onceIsClear = PairwiseRepulsion.Separate(once, dimensions: 1, minimumDistance: 0.1, low: 0, high: 1);
        bool oftenIsClear = PairwiseRepulsion.Separate(often, dimensions: 1, minimumDistance: 0.1, low: 0, high: 1, maximumPasses: 100);

        Assert.False(onceIsClear);
        Assert.Equal([0, 0.06], once, Near);
        Assert.True(oftenIsClear);
        Assert.Equal(0.1, often[1] - often[0], 1e-9);
    }

    [Fact]
    public void Separate_HalfARow_NamesTheNumbers()
    {
        var error = Assert.Throws<ArgumentException>(() => PairwiseRepulsion.Separate(new double[3], dimensions: 2, minimumDistance: 0.1, low: 0, high: 1));

        Assert.Contains("3 coordinates are no whole rows of 2", error.Message, StringComparison.Ordinal);
    }

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 1e-12;
}
