using Heron.Learning.Distributions;
using Heron.Learning.Ppo;

namespace Heron.Learning.Backends;

/// <summary>
/// One gradient step in one go: tile by tile forward, loss and backward, then clipping and Adam. A tile's numbers stay in
/// the nearest caches; the gradient of a minibatch is the same whatever the tile size, because sums run row by row.
/// </summary>
internal sealed unsafe class MinibatchTrainer
{
    private readonly PolicySpec _spec;
    private readonly ActionDistribution _distribution;
    private readonly ActorCritic _networks;
    private readonly PpoLoss _loss;
    private readonly AdamOptimizer _optimizer;

    public MinibatchTrainer(PolicySpec spec, ActionDistribution distribution, ActorCritic networks)
    {
        _spec = spec;
        _distribution = distribution;
        _networks = networks;
        _loss = new PpoLoss(distribution);
        _optimizer = new AdamOptimizer(networks.Parameters.Length);
        Gradients = new AlignedBuffer(networks.Parameters.Length);
    }

    public long StepCount => _optimizer.StepCount;

    /// <summary>Gradients of the last minibatch, before clipping, in the form of the packed parameters.</summary>
    public AlignedBuffer Gradients { get; }

    public void LoadMoments(ReadOnlySpan<float> first, ReadOnlySpan<float> second, long stepCount)
    {
        _networks.Pack(first, _optimizer.FirstMoments);
        _networks.Pack(second, _optimizer.SecondMoments);
        _optimizer.StepCount = stepCount;
    }

    public void StoreMoments(Span<float> first, Span<float> second)
    {
        _networks.Unpack(_optimizer.FirstMoments, first);
        _networks.Unpack(_optimizer.SecondMoments, second);
    }

    /// <summary>Gradients and statistics of a minibatch, then a step.</summary>
    public PpoStepStatistics Step(PpoBatch batch, ReadOnlySpan<int> rows, in PpoStep step)
    {
        PpoStepStatistics statistics = Differentiate(batch, rows, step);
        if (statistics.IsApplied)
        {
            float scale = AdamOptimizer.ClipCoefficient(statistics.GradientNorm, step.Options.GradientClip);
            _optimizer.Step(_networks.Parameters, Gradients, scale, step.LearningRate, step.Options.AdamEpsilon);
            _networks.CopyPlainWeights();
        }

        return statistics;
    }

    /// <summary>Gradients and statistics of a minibatch.</summary>
    public PpoStepStatistics Differentiate(PpoBatch batch, ReadOnlySpan<int> rows, in PpoStep step)
    {
        Gradients.Span.Clear();
        _loss.Clear();
        for (int first = 0; first < rows.Length; first += LaneTile.Rows)
        {
            ReadOnlySpan<int> tile = rows.Slice(first, Math.Min(LaneTile.Rows, rows.Length - first));
            Gather(batch, tile, step.KlCoefficient > 0);
            _networks.Forward(tile.Length, _loss.Lanes.Inputs.Pointer, _loss.Values.Pointer);
            ApplyMasks(batch, tile, _loss.Lanes.Inputs.Pointer);
            _loss.Differentiate(tile.Length, rows.Length, step);
            _networks.Backward(tile.Length, _loss.Lanes.Gradients.Pointer, _loss.ValueGradients.Pointer, Gradients);
        }

        return _loss.Summarize(rows.Length, AdamOptimizer.Norm(Gradients), step);
    }

    private void Gather(PpoBatch batch, ReadOnlySpan<int> tile, bool withOldInputs)
    {
        int observationLength = _spec.ObservationLength;
        int criticLength = _spec.CriticObservationLength;
        int heads = _distribution.HeadSizes.Length;
        int continuousLength = _distribution.ContinuousLength;
        int inputLength = _distribution.InputLength;
        bool hasCritic = _networks.Critic != _networks.Actor;
        for (int lane = 0; lane < tile.Length; lane++)
        {
            int row = tile[lane];
            _networks.Actor.SetObservation(batch.Observations.AsSpan(row * observationLength, observationLength), lane);
            if (hasCritic)
            {
                _networks.Critic.SetObservation(batch.CriticObservations.AsSpan(row * criticLength, criticLength), lane);
            }

            for (int i = 0; i < continuousLength; i++)
            {
                _loss.Lanes.Continuous.Pointer[(i * LaneTile.Rows) + lane] = batch.Continuous[(row * continuousLength) + i];
            }

            for (int head = 0; head < heads; head++)
            {
                _loss.Lanes.Discrete[(head * LaneTile.Rows) + lane] = batch.Discrete[(row * heads) + head];
            }

            _loss.OldLogProbabilities.Pointer[lane] = batch.LogProbabilities[row];
            _loss.Advantages.Pointer[lane] = batch.Advantages[row];
            _loss.OldValues.Pointer[lane] = batch.Values[row];
            _loss.ValueTargets.Pointer[lane] = batch.ValueTargets[row];
            if (withOldInputs)
            {
                _distribution.LoadInputs(batch.DistributionInputs.AsSpan(row * inputLength, inputLength), _loss.Lanes.OldInputs.Pointer, lane);
            }
        }

        if (withOldInputs)
        {
            ApplyMasks(batch, tile, _loss.Lanes.OldInputs.Pointer);
        }
    }

    private void ApplyMasks(PpoBatch batch, ReadOnlySpan<int> tile, float* lanes)
    {
        if (!_distribution.HasActionMask)
        {
            return;
        }

        int length = _distribution.LogitLength;
        for (int lane = 0; lane < tile.Length; lane++)
        {
            _distribution.ApplyMask(batch.Masks.AsSpan(tile[lane] * length, length), lanes, lane);
        }
    }
}
