using System.Runtime.Intrinsics;
using Heron.Core.Randomness;

namespace Heron.Learning.Distributions;

/// <summary>Draws actions for up to 64 rows of distribution inputs.</summary>
internal sealed unsafe class ActionSampler(ActionDistribution distribution)
{
    private readonly DistributionWorkspace _lanes = new(distribution);

    /// <summary>Draws an action for each row, or takes the likeliest one.</summary>
    /// <param name="inputs">Distribution inputs, shape (rows, k).</param>
    /// <param name="masks">Masks, shape (rows, mask length); empty for none.</param>
    /// <param name="randoms">One stream per row, advanced; empty takes the likeliest action.</param>
    /// <param name="rows">Number of rows, at most 64.</param>
    /// <param name="results">Receives actions and, where room is given, log-probabilities.</param>
    public void Act(ReadOnlySpan<float> inputs, ReadOnlySpan<byte> masks, Span<RandomStream> randoms, int rows, ActBatch results)
    {
        Load(inputs, masks, rows);
        if (!randoms.IsEmpty)
        {
            DrawNumbers(randoms, rows);
        }

        for (int first = 0; first < rows; first += LaneTile.Width)
        {
            float* lanes = _lanes.Inputs.Pointer + first;
            float* probabilities = _lanes.Probabilities.Pointer + first;
            float* continuous = _lanes.Continuous.Pointer + first;
            int* discrete = _lanes.Discrete + first;
            if (randoms.IsEmpty)
            {
                distribution.ChooseModes(lanes, discrete);
                distribution.WriteMeans(lanes, continuous);
            }

            distribution.Normalize(lanes, probabilities);
            if (!randoms.IsEmpty)
            {
                distribution.SampleHeads(probabilities, _lanes.Uniforms.Pointer + first, discrete);
                distribution.ShapeNoise(lanes, continuous);
            }

            distribution.LogProbability(lanes, continuous, discrete).Store(_lanes.LogProbabilities.Pointer + first);
        }

        Store(rows, results);
    }

    private void Load(ReadOnlySpan<float> inputs, ReadOnlySpan<byte> masks, int rows)
    {
        int inputLength = distribution.InputLength;
        int maskLength = distribution.LogitLength;
        for (int row = 0; row < rows; row++)
        {
            distribution.LoadInputs(inputs.Slice(row * inputLength, inputLength), _lanes.Inputs.Pointer, row);
            if (!masks.IsEmpty)
            {
                distribution.ApplyMask(masks.Slice(row * maskLength, maskLength), _lanes.Inputs.Pointer, row);
            }
        }
    }

    // Each row only uses its own stream, and always as many numbers: continuous ones, then one per head.
    private void DrawNumbers(Span<RandomStream> randoms, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            ref RandomStream random = ref randoms[row];
            for (int i = 0; i < distribution.ContinuousLength; i++)
            {
                _lanes.Continuous.Pointer[(i * LaneTile.Rows) + row] = (float)random.NextGaussian();
            }

            for (int head = 0; head < distribution.HeadSizes.Length; head++)
            {
                // 24 bits: a float below 1 with no rounding up to 1.
                _lanes.Uniforms.Pointer[(head * LaneTile.Rows) + row] = (random.NextUInt64() >> 40) * (1f / (1 << 24));
            }
        }
    }

    private void Store(int rows, ActBatch results)
    {
        int continuousLength = distribution.ContinuousLength;
        int heads = distribution.HeadSizes.Length;
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < continuousLength; i++)
            {
                results.Continuous[(row * continuousLength) + i] = _lanes.Continuous.Pointer[(i * LaneTile.Rows) + row];
            }

            for (int head = 0; head < heads; head++)
            {
                results.Discrete[(row * heads) + head] = _lanes.Discrete[(head * LaneTile.Rows) + row];
            }
        }

        if (!results.LogProbabilities.IsEmpty)
        {
            _lanes.LogProbabilities.Span[..rows].CopyTo(results.LogProbabilities);
        }
    }
}
