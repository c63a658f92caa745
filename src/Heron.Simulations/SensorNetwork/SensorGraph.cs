using Heron.Core.Randomness;

namespace Heron.Simulations.SensorNetwork;

/// <summary>Which sensors are neighbours: a random graph without directions in which nobody is alone.</summary>
internal static class SensorGraph
{
    /// <summary>Joins every pair with a probability, then every sensor that is still alone with a random other one.</summary>
    /// <param name="count">Sensors, at least 1.</param>
    /// <param name="connectivity">Probability per pair, 0 to 1.</param>
    /// <param name="seed">The same seed gives the same graph.</param>
    /// <returns>The neighbours of each sensor, in ascending order.</returns>
    public static int[][] Draw(int count, double connectivity, int seed)
    {
        var random = new RandomStream((ulong)seed);
        SortedSet<int>[] neighbors = [.. Enumerable.Range(0, count).Select(_ => new SortedSet<int>())];
        for (int i = 0; i < count; i++)
        {
            for (int j = i + 1; j < count; j++)
            {
                if (random.NextDouble() < connectivity)
                {
                    Join(neighbors, i, j);
                }
            }
        }

        for (int i = 0; i < count && count > 1; i++)
        {
            if (neighbors[i].Count == 0)
            {
                int other = random.NextInt32(count - 1);
                Join(neighbors, i, other < i ? other : other + 1);
            }
        }

        return [.. neighbors.Select(set => set.ToArray())];
    }

    private static void Join(SortedSet<int>[] neighbors, int i, int j)
    {
        neighbors[i].Add(j);
        neighbors[j].Add(i);
    }
}
