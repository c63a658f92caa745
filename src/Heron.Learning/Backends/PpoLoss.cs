using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Heron.Learning.Distributions;
using Heron.Learning.Ppo;

namespace Heron.Learning.Backends;

/// <summary>
/// The loss of PPO and its gradients at the outputs of the networks, for the rows of a tile. Sums for the statistics run on
/// over the tiles of a minibatch.
/// </summary>
internal sealed unsafe class PpoLoss(ActionDistribution distribution)
{
    private Vector512<float> _policyLoss;
    private Vector512<float> _valueLoss;
    private Vector512<float> _unclippedValueLoss;
    private Vector512<float> _entropy;
    private Vector512<float> _divergence;
    private Vector512<float> _approximateDivergence;
    private Vector512<float> _clipped;

    public DistributionWorkspace Lanes { get; } = new(distribution);

    public AlignedBuffer OldLogProbabilities { get; } = LaneTile.Allocate(1);

    public AlignedBuffer Advantages { get; } = LaneTile.Allocate(1);

    public AlignedBuffer OldValues { get; } = LaneTile.Allocate(1);

    public AlignedBuffer ValueTargets { get; } = LaneTile.Allocate(1);

    public AlignedBuffer Values { get; } = LaneTile.Allocate(1);

    public AlignedBuffer ValueGradients { get; } = LaneTile.Allocate(1);

    /// <summary>Starts the sums of a minibatch.</summary>
    public void Clear() =>
        _policyLoss = _valueLoss = _unclippedValueLoss = _entropy = _divergence = _approximateDivergence = _clipped = Vector512<float>.Zero;

    /// <summary>Turns the outputs of a tile into gradients.</summary>
    /// <param name="rows">Rows of the tile.</param>
    /// <param name="minibatchRows">Rows of the minibatch, which means are over.</param>
    /// <param name="step">Settings.</param>
    public void Differentiate(int rows, int minibatchRows, in PpoStep step)
    {
        Vector512<float> perRow = Vector512.Create(1f / minibatchRows);
        for (int first = 0; first < rows; first += LaneTile.Width)
        {
            // Lanes beyond the last row count for nothing.
            Vector512<float> isRow = Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(rows - first)).AsSingle();
            DifferentiatePolicy(first, perRow & isRow, isRow, step);
            DifferentiateValues(first, perRow & isRow, isRow, step);
        }
    }

    /// <summary>Means over the minibatch.</summary>
    public PpoStepStatistics Summarize(int minibatchRows, double gradientNorm, in PpoStep step)
    {
        double scale = 1.0 / minibatchRows;
        double policyLoss = VectorMath.Sum(_policyLoss) * scale;
        double valueLoss = VectorMath.Sum(_valueLoss) * scale;
        double entropy = VectorMath.Sum(_entropy) * scale;
        double divergence = VectorMath.Sum(_divergence) * scale;
        return new PpoStepStatistics
        {
            PolicyLoss = policyLoss,
            ValueLoss = valueLoss,
            UnclippedValueLoss = VectorMath.Sum(_unclippedValueLoss) * scale,
            Entropy = entropy,
            Divergence = divergence,
            ApproximateDivergence = VectorMath.Sum(_approximateDivergence) * scale,
            ClipFraction = VectorMath.Sum(_clipped) * scale,
            Loss = policyLoss + (step.Options.VfLossCoefficient * valueLoss) - (step.Options.EntropyCoefficient * entropy) + (step.KlCoefficient * divergence),
            GradientNorm = gradientNorm,
        };
    }

    [MethodImpl(Kernel.Options)]
    private void DifferentiatePolicy(int first, Vector512<float> perRow, Vector512<float> isRow, in PpoStep step)
    {
        float* inputs = Lanes.Inputs.Pointer + first;
        float* probabilities = Lanes.Probabilities.Pointer + first;
        float* continuous = Lanes.Continuous.Pointer + first;
        int* discrete = Lanes.Discrete + first;
        float* headEntropies = Lanes.HeadEntropies.Pointer + first;

        distribution.Normalize(inputs, probabilities);
        Vector512<float> entropy = distribution.Entropy(inputs, probabilities, headEntropies);
        _entropy += entropy & isRow;

        // Without a KL term the policy is its own predecessor, so that all differences are 0.
        float* oldInputs = inputs, oldProbabilities = probabilities;
        if (step.KlCoefficient > 0)
        {
            oldInputs = Lanes.OldInputs.Pointer + first;
            oldProbabilities = Lanes.OldProbabilities.Pointer + first;
            distribution.Normalize(oldInputs, oldProbabilities);
            _divergence += distribution.Divergence(oldInputs, oldProbabilities, inputs) & isRow;
        }

        Vector512<float> logRatio = distribution.LogProbability(inputs, continuous, discrete) - Vector512.Load(OldLogProbabilities.Pointer + first);
        Vector512<float> ratio = VectorMath.Exp(logRatio);
        Vector512<float> clip = Vector512.Create(step.Options.ClipParam);
        Vector512<float> advantage = (Vector512.Load(Advantages.Pointer + first) - Vector512.Create(step.AdvantageMean)) * Vector512.Create(step.AdvantageScale);
        Vector512<float> surrogate = ratio * advantage;
        Vector512<float> clippedRatio = Vector512.Min(Vector512.Max(ratio, Vector512<float>.One - clip), Vector512<float>.One + clip);
        Vector512<float> clippedSurrogate = clippedRatio * advantage;
        _policyLoss -= Vector512.Min(surrogate, clippedSurrogate) & isRow;
        _approximateDivergence += (ratio - Vector512<float>.One - logRatio) & isRow;
        _clipped += Vector512.GreaterThan(Vector512.Abs(ratio - Vector512<float>.One), clip) & Vector512<float>.One & isRow;

        // Where the clipped term is the smaller one, the ratio is out of range and gives no gradient. d ratio / d log p = ratio.
        // Asked this way round, so that a NaN reaches the gradient and the step is left out.
        Vector512<float> isClipped = Vector512.GreaterThan(surrogate, clippedSurrogate);
        var weights = new DistributionWeights(
            -Vector512.AndNot(surrogate, isClipped) * perRow,
            Vector512.Create(-step.Options.EntropyCoefficient) * perRow,
            Vector512.Create(step.KlCoefficient) * perRow);
        distribution.Gradient(inputs, probabilities, oldInputs, oldProbabilities, continuous, discrete, headEntropies, weights, Lanes.Gradients.Pointer + first);
    }

    [MethodImpl(Kernel.Options)]
    private void DifferentiateValues(int first, Vector512<float> perRow, Vector512<float> isRow, in PpoStep step)
    {
        Vector512<float> value = Vector512.Load(Values.Pointer + first);
        Vector512<float> target = Vector512.Load(ValueTargets.Pointer + first);
        Vector512<float> limit = Vector512.Create(step.Options.VfClipParam);
        Vector512<float> error = value - target;
        Vector512<float> squared = error * error;
        Vector512<float> loss = squared;
        Vector512<float> gradient = error + error;
        switch (step.Options.ValueClipping)
        {
            case ValueClipping.ClipValue:
                Vector512<float> old = Vector512.Load(OldValues.Pointer + first);
                Vector512<float> change = value - old;
                Vector512<float> clippedError = old + Vector512.Min(Vector512.Max(change, -limit), limit) - target;
                loss = Vector512.Max(squared, clippedError * clippedError);

                // The clipped error only depends on the value within the limit, where both errors are the same.
                gradient = Vector512.AndNot(gradient, Vector512.LessThan(squared, loss) & Vector512.GreaterThan(Vector512.Abs(change), limit));
                break;
            case ValueClipping.ClampSquaredError:
                loss = Vector512.Min(squared, limit);
                gradient = Vector512.AndNot(gradient, Vector512.GreaterThan(squared, limit));
                break;
        }

        _valueLoss += loss & isRow;
        _unclippedValueLoss += squared & isRow;
        (Vector512.Create(step.Options.VfLossCoefficient) * gradient * perRow).Store(ValueGradients.Pointer + first);
    }
}
