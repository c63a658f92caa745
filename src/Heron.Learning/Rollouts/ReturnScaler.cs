using System.Runtime.InteropServices;

namespace Heron.Learning.Rollouts;

/// <summary>Running variance of discounted returns; rewards divided by the deviation make value targets of size one.</summary>
/// <remarks>The return at a row is that of its episode so far. Batches are merged by the parallel formula of Chan, Golub and LeVeque (1983).</remarks>
internal sealed class ReturnScaler(int slots, double gamma)
{
    private const double LeastDeviation = 1e-4;

    // Count, mean and sum of squared deviations of all returns seen.
    private readonly double[] _moments = new double[3];

    // Return so far of the episode that runs in each slot.
    private readonly double[] _running = new double[slots];

    /// <summary>What rewards are multiplied by: one over the deviation, 1 before there is any.</summary>
    public float Factor => _moments[0] < 2 ? 1 : (float)(1 / Math.Max(Math.Sqrt(_moments[2] / _moments[0]), LeastDeviation));

    /// <summary>Takes in what one slot sampled.</summary>
    /// <param name="slot">Index of the slot.</param>
    /// <param name="rewards">Rewards in time order. Shape (rows).</param>
    /// <param name="ends">Ends of trajectories; after a cut the episode goes on in the next call. Shape (rows).</param>
    public void Add(int slot, ReadOnlySpan<float> rewards, ReadOnlySpan<RowEnd> ends)
    {
        if (rewards.IsEmpty)
        {
            return;
        }

        double sum = 0, squares = 0, running = _running[slot];
        for (int row = 0; row < rewards.Length; row++)
        {
            running = (gamma * running) + rewards[row];
            sum += running;
            squares += running * running;
            running = ends[row] is RowEnd.None or RowEnd.Cut ? running : 0;
        }

        _running[slot] = running;
        double mean = sum / rewards.Length;
        Merge(rewards.Length, mean, Math.Max(0, squares - (sum * mean)));
    }

    public void SaveState(BinaryWriter writer)
    {
        writer.Write(MemoryMarshal.AsBytes(_moments.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_running.AsSpan()));
    }

    public void LoadState(BinaryReader reader)
    {
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_moments.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_running.AsSpan()));
    }

    private void Merge(double count, double mean, double squares)
    {
        double total = _moments[0] + count;
        double difference = mean - _moments[1];
        _moments[2] += squares + (difference * difference * _moments[0] * count / total);
        _moments[1] += difference * count / total;
        _moments[0] = total;
    }
}
