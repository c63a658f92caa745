using Heron.Core.Randomness;
using Heron.Core.Spaces;
using Heron.Learning;
using Heron.Learning.Ppo;

namespace Heron.Benchmarks.Learning;

/// <summary>
/// The update that learners are compared by: actor 8-64-64-4 and critic 8-64-64-1, tanh, 2,048 rows, 10 epochs; value clip,
/// entropy, gradient clip, advantages normalized per minibatch. 1.13 GFLOP in the products alone.
/// </summary>
internal sealed class LearnerWorkload
{
    private readonly PpoLearner _learner;
    private readonly PpoBatch _batch;
    private RandomStream _shuffle = new(1);

    public LearnerWorkload(int minibatchSize)
    {
        const int rows = 2048;
        var random = new RandomStream(2);
        Policy = new Policy(new PolicySpec(8, new DiscreteSpace(4)), seed: 1);
        _batch = new PpoBatch(Policy.Spec, rows) { Rows = rows };
        for (int i = 0; i < _batch.Observations.Length; i++)
        {
            _batch.Observations[i] = (float)random.NextGaussian();
        }

        RandomStream[] randoms = [.. Enumerable.Range(0, rows).Select(row => new RandomStream((ulong)row))];
        Policy.Act(_batch.Observations, [], randoms, new ActBatch { Discrete = _batch.Discrete, LogProbabilities = _batch.LogProbabilities });
        Policy.Values(_batch.Observations, rows, _batch.Values);
        for (int row = 0; row < rows; row++)
        {
            _batch.Advantages[row] = (float)random.NextGaussian();
            _batch.ValueTargets[row] = _batch.Values[row] + _batch.Advantages[row];
        }

        _learner = new PpoLearner(Policy, new PpoOptions
        {
            LearningRate = 2.5e-4f,
            ClipParam = 0.2f,
            ValueClipping = ValueClipping.ClipValue,
            VfClipParam = 0.2f,
            VfLossCoefficient = 0.25f,
            EntropyCoefficient = 0.01f,
            KlCoefficient = 0,
            GradientClip = 0.5f,
            AdamEpsilon = 1e-5f,
            Epochs = 10,
            MinibatchSize = minibatchSize,
            NormalizeAdvantages = AdvantageNormalization.Minibatch,
        });
    }

    public Policy Policy { get; }

    /// <summary>Observations of the batch, shape (2048, 8).</summary>
    public float[] Observations => _batch.Observations;

    public PpoStatistics Update() => _learner.Update(_batch, _learner.Options.LearningRate, ref _shuffle);
}
