using Heron.Core.Randomness;
using Heron.Core.Spaces;
using Heron.Learning.Ppo;

namespace Heron.Learning.Tests.Shared;

/// <summary>Policies of every kind, and batches they have drawn themselves.</summary>
internal static class TestBatches
{
    public static Space MakeSpace(string kind) => kind switch
    {
        "discrete" => new DiscreteSpace(5),
        "multidiscrete" => new MultiDiscreteSpace(3, 2, 4),
        "box" => BoxSpace.Unbounded(3),
        "mixed" => new MixedSpace(BoxSpace.Unbounded(2), new MultiDiscreteSpace(3, 2)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of space."),
    };

    /// <summary>A batch on random observations with actions of the policy, random advantages and targets.</summary>
    public static PpoBatch Collect(Policy policy, int rows, ulong seed)
    {
        PolicySpec spec = policy.Spec;
        var random = new RandomStream(seed);
        var batch = new PpoBatch(spec, rows) { Rows = rows };
        Fill(ref random, batch.Observations);
        if (spec.HasCentralizedCritic)
        {
            Fill(ref random, batch.CriticObservations);
        }

        FillMasks(ref random, spec.ActionSpace, batch.Masks);
        RandomStream[] randoms = Streams(seed, rows);
        policy.Act(batch.Observations, batch.Masks, randoms, Results(batch));
        policy.Values(batch.CriticObservations, rows, batch.Values);
        Fill(ref random, batch.Advantages);
        for (int row = 0; row < rows; row++)
        {
            batch.ValueTargets[row] = batch.Values[row] + batch.Advantages[row];
        }

        return batch;
    }

    public static ActBatch Results(PpoBatch batch) => new()
    {
        Continuous = batch.Continuous,
        Discrete = batch.Discrete,
        LogProbabilities = batch.LogProbabilities,
        DistributionInputs = batch.DistributionInputs,
    };

    public static RandomStream[] Streams(ulong seed, int rows) =>
        [.. Enumerable.Range(0, rows).Select(row => new RandomStream(seed + (ulong)row))];

    public static void Fill(ref RandomStream random, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.NextGaussian();
        }
    }

    // Half of the categories are forbidden, but never the first of a head.
    private static void FillMasks(ref RandomStream random, Space space, Span<byte> masks)
    {
        if (masks.IsEmpty)
        {
            return;
        }

        for (int i = 0; i < masks.Length;)
        {
            foreach (int size in space.HeadSizes)
            {
                for (int j = 0; j < size; j++)
                {
                    masks[i++] = (byte)(j == 0 ? 1 : random.NextInt32(2));
                }
            }
        }
    }
}
