using Heron.Simulations.SensorNetwork;

namespace Heron.Simulations.Tests.SensorNetwork;

public sealed class SensorGraphTests
{
    [Theory]
    [InlineData(5, 0.4)]
    [InlineData(30, 0.05)]
    [InlineData(2, 0)]
    public void Draw_ManySeeds_IsMutualAndLeavesNobodyAlone(int count, double connectivity)
    {
        for (int seed = 0; seed < 50; seed++)
        {
            int[][] neighbors = SensorGraph.Draw(count, connectivity, seed);

            Assert.Equal(count, neighbors.Length);
            for (int i = 0; i < count; i++)
            {
                Assert.NotEmpty(neighbors[i]);
                Assert.DoesNotContain(i, neighbors[i]);
                Assert.All(neighbors[i], j => Assert.Contains(i, neighbors[j]));
            }
        }
    }

    [Fact]
    public void Draw_Seed_SettlesTheGraph()
    {
        Assert.Equal(SensorGraph.Draw(20, 0.3, 7), SensorGraph.Draw(20, 0.3, 7));
        Assert.NotEqual(SensorGraph.Draw(20, 0.3, 7), SensorGraph.Draw(20, 0.3, 8));
    }

    [Fact]
    public void Draw_FullConnectivity_JoinsEverybody() => Assert.All(SensorGraph.Draw(6, 1, 0), neighbors => Assert.Equal(5, neighbors.Length));

    [Fact]
    public void Draw_OneSensor_HasNoNeighbour() => Assert.Empty(Assert.Single(SensorGraph.Draw(1, 1, 0)));

    // 435 pairs at 0.3 are 130.5 edges with a standard deviation of 9.6; the mean over 100 graphs is good to about 1.
    [Fact]
    public void Draw_Connectivity_IsTheShareOfPairs()
    {
        double edges = Enumerable.Range(0, 100).Average(seed => SensorGraph.Draw(30, 0.3, seed).Sum(neighbors => neighbors.Length) / 2.0);

        Assert.Equal(130.5, edges, tolerance: 4);
    }
}
