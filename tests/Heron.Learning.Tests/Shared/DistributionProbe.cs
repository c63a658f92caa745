using System.Runtime.Intrinsics;
using Heron.Learning.Distributions;

namespace Heron.Learning.Tests.Shared;

/// <summary>Calls the lane kernels of a distribution for up to 16 rows and reads their results as rows.</summary>
internal sealed unsafe class DistributionProbe
{
    private readonly ActionDistribution _distribution;
    private readonly DistributionWorkspace _lanes;
    private readonly int _rows;

    public DistributionProbe(PolicySpec spec, float[] inputs, float[] oldInputs, float[] actions, byte[] masks)
    {
        _distribution = new ActionDistribution(spec);
        _lanes = new DistributionWorkspace(_distribution);
        int length = _distribution.InputLength, n = _distribution.ContinuousLength, heads = _distribution.HeadSizes.Length;
        _rows = inputs.Length / length;
        Assert.InRange(_rows, 1, LaneTile.Width);
        for (int row = 0; row < _rows; row++)
        {
            _distribution.LoadInputs(inputs.AsSpan(row * length, length), _lanes.Inputs.Pointer, row);
            _distribution.LoadInputs(oldInputs.AsSpan(row * length, length), _lanes.OldInputs.Pointer, row);
            for (int i = 0; i < n + heads; i++)
            {
                float value = actions[(row * (n + heads)) + i];
                if (i < n)
                {
                    _lanes.Continuous.Pointer[(i * LaneTile.Rows) + row] = value;
                }
                else
                {
                    _lanes.Discrete[((i - n) * LaneTile.Rows) + row] = (int)value;
                }
            }

            if (masks.Length > 0)
            {
                ReadOnlySpan<byte> mask = masks.AsSpan(row * _distribution.LogitLength, _distribution.LogitLength);
                _distribution.ApplyMask(mask, _lanes.Inputs.Pointer, row);
                _distribution.ApplyMask(mask, _lanes.OldInputs.Pointer, row);
            }
        }

        _distribution.Normalize(_lanes.Inputs.Pointer, _lanes.Probabilities.Pointer);
        _distribution.Normalize(_lanes.OldInputs.Pointer, _lanes.OldProbabilities.Pointer);
        LogProbabilities = Lanes(_distribution.LogProbability(_lanes.Inputs.Pointer, _lanes.Continuous.Pointer, _lanes.Discrete));
        Entropies = Lanes(_distribution.Entropy(_lanes.Inputs.Pointer, _lanes.Probabilities.Pointer, _lanes.HeadEntropies.Pointer));
        Divergences = Lanes(_distribution.Divergence(_lanes.OldInputs.Pointer, _lanes.OldProbabilities.Pointer, _lanes.Inputs.Pointer));
    }

    public float[] LogProbabilities { get; }

    public float[] Entropies { get; }

    /// <summary>KL(old || new).</summary>
    public float[] Divergences { get; }

    public float[] Probabilities => [.. Rows(_lanes.Probabilities.Pointer).SelectMany(row => row)];

    /// <summary>Gradient at the inputs of each row.</summary>
    public float[][] Gradient(float logProbability, float entropy, float divergence)
    {
        var weights = new DistributionWeights(Vector512.Create(logProbability), Vector512.Create(entropy), Vector512.Create(divergence));
        _distribution.Gradient(
            _lanes.Inputs.Pointer,
            _lanes.Probabilities.Pointer,
            _lanes.OldInputs.Pointer,
            _lanes.OldProbabilities.Pointer,
            _lanes.Continuous.Pointer,
            _lanes.Discrete,
            _lanes.HeadEntropies.Pointer,
            weights,
            _lanes.Gradients.Pointer);
        return Rows(_lanes.Gradients.Pointer);
    }

    private float[] Lanes(Vector512<float> lanes) => [.. Enumerable.Range(0, _rows).Select(row => lanes[row])];

    private float[][] Rows(float* lanes)
    {
        var rows = new float[_rows][];
        for (int row = 0; row < _rows; row++)
        {
            rows[row] = new float[_distribution.InputLength];
            for (int input = 0; input < rows[row].Length; input++)
            {
                rows[row][input] = lanes[(_distribution.Lane(input) * LaneTile.Rows) + row];
            }
        }

        return rows;
    }
}
