using Heron.Core.Randomness;
using Heron.Simulations.TransportFleet;

namespace Heron.Simulations.Tests.TransportFleet;

public sealed class DeliveryPointsTests
{
    [Fact]
    public void TryServe_SeveralInReach_TakesTheOldestAndKeepsTheOrder()
    {
        var points = default(DeliveryPoints);
        points.Add(9, 9);
        points.Add(1, 0);
        points.Add(0, 1);

        Assert.True(points.TryServe(0, 0, 1.5));
        Assert.True(points.TryServe(0, 1, 0.1));
        Assert.False(points.TryServe(0, 0, 1.5));
        Assert.True(points.TryServe(9, 9, 0));
        Assert.Equal(0, points.Count);
    }

    [Theory]
    [InlineData(1.5, true)]
    [InlineData(1.51, false)]
    public void TryServe_AtTheDistance_IsStillInReach(double x, bool expected)
    {
        var points = default(DeliveryPoints);
        points.Add(0, 0);

        Assert.Equal(expected, points.TryServe(x, 0, 1.5));
    }

    [Fact]
    public void Add_MoreThanTheCapacity_TurnsTheRestAway()
    {
        var points = default(DeliveryPoints);

        for (int i = 0; i < 200; i++)
        {
            points.Add(i, 0);
        }

        Assert.Equal(DeliveryPoints.Capacity, points.Count);
        Assert.False(points.TryServe(199, 0, 0.5));
        Assert.True(points.TryServe(127, 0, 0.5));
    }

    // Uniform in [-10, 10]: mean 0 and variance 100 / 3 on both axes.
    [Fact]
    public void AddAtRandom_ManyPoints_FillTheSquare()
    {
        var random = new RandomStream(5);
        int near = 0;
        const int Draws = 20_000;
        for (int i = 0; i < Draws; i++)
        {
            var points = default(DeliveryPoints);
            points.AddAtRandom(ref random);
            Assert.True(points.TryServe(0, 0, 14.143));
            points.AddAtRandom(ref random);
            near += points.TryServe(5, -5, 5) ? 1 : 0;
        }

        // A circle of radius 5 in a square of 20 by 20.
        Assert.Equal(Math.PI * 25 / 400, near / (double)Draws, 0.01);
    }
}
