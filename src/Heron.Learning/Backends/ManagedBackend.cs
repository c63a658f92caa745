using Heron.Learning.Distributions;
using Heron.Learning.Models;
using Heron.Learning.Ppo;

namespace Heron.Learning.Backends;

/// <summary>
/// Networks in vectorised C#: no native library, no allocation after construction, and the same numbers whenever the same
/// rows come, however they are batched.
/// </summary>
public sealed unsafe class ManagedBackend : ILearnerBackend
{
    private readonly PolicySpec _spec;
    private readonly ActionDistribution _distribution;
    private readonly ActorCritic _networks;
    private readonly AlignedBuffer _policyLanes;
    private readonly AlignedBuffer _valueLane = LaneTile.Allocate(1);

    // Made at the first step, so that a policy that only acts stays small.
    private MinibatchTrainer? _trainer;

    /// <summary>Makes room for the networks of a policy, with all parameters 0.</summary>
    /// <param name="spec">The policy's description.</param>
    public ManagedBackend(PolicySpec spec)
    {
        _spec = spec;
        _distribution = new ActionDistribution(spec);
        _networks = new ActorCritic(spec, new ParameterLayout(spec));
        _policyLanes = LaneTile.Allocate(spec.DistributionInputLength);
    }

    /// <inheritdoc/>
    public long StepCount => _trainer?.StepCount ?? 0;

    private MinibatchTrainer Trainer => _trainer ??= new MinibatchTrainer(_spec, _distribution, _networks);

    /// <inheritdoc/>
    public void LoadParameters(ReadOnlySpan<float> parameters)
    {
        _networks.Pack(parameters, _networks.Parameters);
        _networks.CopyPlainWeights();
    }

    /// <inheritdoc/>
    public void StoreParameters(Span<float> parameters) => _networks.Unpack(_networks.Parameters, parameters);

    /// <inheritdoc/>
    public void LoadMoments(ReadOnlySpan<float> first, ReadOnlySpan<float> second, long stepCount) => Trainer.LoadMoments(first, second, stepCount);

    /// <inheritdoc/>
    public void StoreMoments(Span<float> first, Span<float> second) => Trainer.StoreMoments(first, second);

    /// <inheritdoc/>
    public void EvaluatePolicy(ReadOnlySpan<float> observations, int rows, Span<float> distributionInputs)
    {
        int inputs = _distribution.InputLength;
        for (int first = 0; first < rows; first += LaneTile.Rows)
        {
            int count = Math.Min(LaneTile.Rows, rows - first);
            LoadTile(_networks.Actor, observations, first, count);
            _networks.ForwardPolicy(count, _policyLanes.Pointer);
            for (int row = 0; row < count; row++)
            {
                _distribution.StoreInputs(_policyLanes.Pointer, row, distributionInputs.Slice((first + row) * inputs, inputs));
            }
        }
    }

    /// <inheritdoc/>
    public void EvaluateValues(ReadOnlySpan<float> criticObservations, int rows, Span<float> values)
    {
        for (int first = 0; first < rows; first += LaneTile.Rows)
        {
            int count = Math.Min(LaneTile.Rows, rows - first);
            LoadTile(_networks.Critic, criticObservations, first, count);
            _networks.ForwardValue(count, _valueLane.Pointer);
            _valueLane.Span[..count].CopyTo(values[first..]);
        }
    }

    /// <inheritdoc/>
    public PpoStepStatistics Step(PpoBatch batch, ReadOnlySpan<int> rows, in PpoStep step) => Trainer.Step(batch, rows, step);

    private static void LoadTile(Encoder encoder, ReadOnlySpan<float> observations, int first, int count)
    {
        for (int row = 0; row < count; row++)
        {
            encoder.SetObservation(observations.Slice((first + row) * encoder.ObservationLength, encoder.ObservationLength), row);
        }
    }
}
