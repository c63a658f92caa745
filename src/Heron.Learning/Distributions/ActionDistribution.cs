using System.Runtime.Intrinsics;
using Heron.Core.Spaces;
using Heron.Learning.Backends;

namespace Heron.Learning.Distributions;

/// <summary>
/// The distribution of an action: independent normal numbers (Box), independent choices (Discrete, MultiDiscrete,
/// MultiBinary), or both (mixed). Log-probabilities, entropies and divergences of the parts add up.
/// </summary>
/// <remarks>
/// A row of distribution inputs is [means | logarithms of standard deviations | logits of all heads], with the standard
/// deviations always there, also when no observation changes them: a stored row says all about the distribution.
/// </remarks>
internal sealed unsafe class ActionDistribution
{
    private const int Stride = LaneTile.Rows;
    private readonly int[] _headSizes;
    private readonly int _logStdLane;
    private readonly int _logitLane;
    private readonly float _logStdLimit;

    /// <summary>Describes the distribution of a policy's actions.</summary>
    /// <param name="spec">The policy's description.</param>
    public ActionDistribution(PolicySpec spec)
    {
        Space space = spec.ActionSpace;
        ContinuousLength = space.ContinuousLength;
        _headSizes = space.HeadSizes.ToArray();
        LogitLength = space.MaskLength;
        HasActionMask = spec.HasActionMask;
        _logStdLimit = spec.LogStdLimit;

        // The outputs of the network are the first lanes, in its order; a free vector of standard deviations follows them.
        _logStdLane = spec.FreeLogStd ? ContinuousLength + LogitLength : ContinuousLength;
        _logitLane = spec.FreeLogStd ? ContinuousLength : 2 * ContinuousLength;
    }

    /// <summary>Continuous numbers of an action.</summary>
    public int ContinuousLength { get; }

    /// <summary>Categories of each head.</summary>
    public ReadOnlySpan<int> HeadSizes => _headSizes;

    /// <summary>Logits of all heads together, also the bytes of a mask.</summary>
    public int LogitLength { get; }

    /// <summary>Numbers in a row of distribution inputs.</summary>
    public int InputLength => (2 * ContinuousLength) + LogitLength;

    /// <summary>Whether rows come with masks.</summary>
    public bool HasActionMask { get; }

    /// <summary>First lane of the logarithms of standard deviations.</summary>
    public int LogStdLane => _logStdLane;

    /// <summary>Where number <paramref name="input"/> of a row of distribution inputs stands among the lanes.</summary>
    public int Lane(int input) =>
        input < ContinuousLength ? input
        : input < 2 * ContinuousLength ? _logStdLane + input - ContinuousLength
        : _logitLane + input - (2 * ContinuousLength);

    /// <summary>Writes rows of distribution inputs into lanes.</summary>
    public void LoadInputs(ReadOnlySpan<float> row, float* lanes, int index)
    {
        for (int input = 0; input < row.Length; input++)
        {
            lanes[(Lane(input) * Stride) + index] = row[input];
        }
    }

    /// <summary>Writes lanes into a row of distribution inputs, standard deviations kept within their limit.</summary>
    public void StoreInputs(float* lanes, int index, Span<float> row)
    {
        for (int input = 0; input < row.Length; input++)
        {
            float value = lanes[(Lane(input) * Stride) + index];
            bool isLogStd = input >= ContinuousLength && input < 2 * ContinuousLength;
            row[input] = isLogStd ? Math.Clamp(value, -_logStdLimit, _logStdLimit) : value;
        }
    }

    /// <summary>Makes forbidden categories of one row impossible.</summary>
    public void ApplyMask(ReadOnlySpan<byte> mask, float* lanes, int index)
    {
        for (int j = 0; j < mask.Length; j++)
        {
            if (mask[j] == 0)
            {
                lanes[((_logitLane + j) * Stride) + index] = CategoricalLanes.ForbiddenLogit;
            }
        }
    }

    /// <summary>Turns the logits of 16 rows into log-probabilities and probabilities.</summary>
    public void Normalize(float* inputs, float* probabilities)
    {
        int lane = _logitLane;
        foreach (int size in _headSizes)
        {
            CategoricalLanes.Normalize(inputs + (lane * Stride), probabilities + (lane * Stride), size);
            lane += size;
        }
    }

    /// <summary>Log-probability of the actions of 16 rows, whose inputs are normalized.</summary>
    public Vector512<float> LogProbability(float* inputs, float* continuous, int* discrete)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int i = 0; i < ContinuousLength; i++)
        {
            sum += GaussianLanes.LogProbability(Vector512.Load(inputs + (i * Stride)), LogStd(inputs, i), Vector512.Load(continuous + (i * Stride)));
        }

        int lane = _logitLane;
        for (int head = 0; head < _headSizes.Length; head++)
        {
            sum += CategoricalLanes.LogProbability(inputs + (lane * Stride), discrete + (head * Stride), _headSizes[head]);
            lane += _headSizes[head];
        }

        return sum;
    }

    /// <summary>Entropy of 16 rows; each head's is kept for the gradient.</summary>
    public Vector512<float> Entropy(float* inputs, float* probabilities, float* headEntropies)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int i = 0; i < ContinuousLength; i++)
        {
            sum += GaussianLanes.Entropy(LogStd(inputs, i));
        }

        int lane = _logitLane;
        for (int head = 0; head < _headSizes.Length; head++)
        {
            Vector512<float> entropy = CategoricalLanes.Entropy(inputs + (lane * Stride), probabilities + (lane * Stride), _headSizes[head]);
            entropy.Store(headEntropies + (head * Stride));
            sum += entropy;
            lane += _headSizes[head];
        }

        return sum;
    }

    /// <summary>KL(old || new) of 16 rows.</summary>
    public Vector512<float> Divergence(float* oldInputs, float* oldProbabilities, float* inputs)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int i = 0; i < ContinuousLength; i++)
        {
            sum += GaussianLanes.Divergence(
                Vector512.Load(oldInputs + (i * Stride)), LogStd(oldInputs, i), Vector512.Load(inputs + (i * Stride)), LogStd(inputs, i));
        }

        int lane = _logitLane;
        foreach (int size in _headSizes)
        {
            sum += CategoricalLanes.Divergence(oldInputs + (lane * Stride), oldProbabilities + (lane * Stride), inputs + (lane * Stride), size);
            lane += size;
        }

        return sum;
    }

    /// <summary>Writes gradients at the inputs of 16 rows.</summary>
    public void Gradient(
        float* inputs, float* probabilities, float* oldInputs, float* oldProbabilities, float* continuous, int* discrete, float* headEntropies, DistributionWeights weights, float* gradients)
    {
        for (int i = 0; i < ContinuousLength; i++)
        {
            (Vector512<float> mean, Vector512<float> logStd) = GaussianLanes.Gradient(
                Vector512.Load(inputs + (i * Stride)),
                LogStd(inputs, i),
                Vector512.Load(continuous + (i * Stride)),
                Vector512.Load(oldInputs + (i * Stride)),
                LogStd(oldInputs, i),
                weights);
            mean.Store(gradients + (i * Stride));
            Vector512<float> isWithinLimit = Vector512.LessThanOrEqual(Vector512.Abs(Vector512.Load(inputs + ((_logStdLane + i) * Stride))), Vector512.Create(_logStdLimit));
            (logStd & isWithinLimit).Store(gradients + ((_logStdLane + i) * Stride));
        }

        int lane = _logitLane;
        for (int head = 0; head < _headSizes.Length; head++)
        {
            CategoricalLanes.Gradient(
                inputs + (lane * Stride),
                probabilities + (lane * Stride),
                oldProbabilities + (lane * Stride),
                discrete + (head * Stride),
                _headSizes[head],
                Vector512.Load(headEntropies + (head * Stride)),
                weights,
                gradients + (lane * Stride));
            lane += _headSizes[head];
        }
    }

    /// <summary>Draws the categories of 16 rows from uniform numbers.</summary>
    public void SampleHeads(float* probabilities, float* uniforms, int* discrete)
    {
        int lane = _logitLane;
        for (int head = 0; head < _headSizes.Length; head++)
        {
            CategoricalLanes.Sample(probabilities + (lane * Stride), _headSizes[head], uniforms + (head * Stride), discrete + (head * Stride));
            lane += _headSizes[head];
        }
    }

    /// <summary>The likeliest categories of 16 rows.</summary>
    public void ChooseModes(float* inputs, int* discrete)
    {
        int lane = _logitLane;
        for (int head = 0; head < _headSizes.Length; head++)
        {
            CategoricalLanes.Mode(inputs + (lane * Stride), _headSizes[head], discrete + (head * Stride));
            lane += _headSizes[head];
        }
    }

    /// <summary>Writes the means of 16 rows as their actions.</summary>
    public void WriteMeans(float* inputs, float* continuous)
    {
        for (int i = 0; i < ContinuousLength; i++)
        {
            Vector512.Load(inputs + (i * Stride)).Store(continuous + (i * Stride));
        }
    }

    /// <summary>Turns standard normal numbers into actions of 16 rows, mean + exp(log std) noise.</summary>
    public void ShapeNoise(float* inputs, float* continuous)
    {
        for (int i = 0; i < ContinuousLength; i++)
        {
            Vector512<float> std = VectorMath.Exp(LogStd(inputs, i));
            Vector512<float> action = Vector512.FusedMultiplyAdd(std, Vector512.Load(continuous + (i * Stride)), Vector512.Load(inputs + (i * Stride)));
            action.Store(continuous + (i * Stride));
        }
    }

    private Vector512<float> LogStd(float* inputs, int index)
    {
        Vector512<float> limit = Vector512.Create(_logStdLimit);
        Vector512<float> value = Vector512.Load(inputs + ((_logStdLane + index) * Stride));
        return Vector512.MinNative(Vector512.MaxNative(value, -limit), limit);
    }
}
