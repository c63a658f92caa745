using Heron.Core.Randomness;
using Heron.Learning.Backends;
using Heron.Learning.Distributions;
using Heron.Learning.Models;

namespace Heron.Learning;

/// <summary>A policy with its value function: networks, their parameters, and the distribution of actions.</summary>
/// <remarks>
/// Acting allocates nothing. What a row gets depends on its observation, mask and stream alone and not on the rows around
/// it, bit for bit. Not for concurrent calls: for several threads make several policies and copy the parameters.
/// </remarks>
public sealed class Policy
{
    private const int ChunkRows = LaneTile.Rows;
    private readonly float[] _parameters;
    private readonly float[] _distributionInputs;
    private readonly ActionSampler _sampler;
    private readonly ILearnerBackend _backend;
    private bool _isBackendCurrent;

    /// <summary>Makes a policy with drawn weights.</summary>
    /// <param name="spec">What it sees and does.</param>
    /// <param name="seed">Seed of the weights; equal seeds give equal weights.</param>
    /// <param name="backend">Where its networks run; null for <see cref="ManagedBackend"/>. It serves this policy alone.</param>
    /// <exception cref="ArgumentException">Actor and critic are to share layers but see different observations.</exception>
    public Policy(PolicySpec spec, ulong seed = 0, ILearnerBackend? backend = null)
    {
        Spec = spec;
        Layout = new ParameterLayout(spec);
        _backend = backend ?? new ManagedBackend(spec);
        _sampler = new ActionSampler(new ActionDistribution(spec));
        _distributionInputs = new float[ChunkRows * spec.DistributionInputLength];
        _parameters = new float[Layout.Length];
        var random = new RandomStream(seed);
        ParameterInitializer.Initialize(spec, Layout, ref random, _parameters);
    }

    /// <summary>What the policy sees, what it does and how its networks look.</summary>
    public PolicySpec Spec { get; }

    /// <summary>Names and places of the tensors within <see cref="Parameters"/>.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>
    /// All parameters, in the order of <see cref="Layout"/>. Reading the property announces a change: take it anew for every
    /// write instead of keeping the span, or the policy acts with what it had.
    /// </summary>
    public Span<float> Parameters
    {
        get
        {
            _isBackendCurrent = false;
            return _parameters;
        }
    }

    /// <summary>Numbers in the distribution inputs of a row.</summary>
    public int DistributionInputLength => Spec.DistributionInputLength;

    /// <summary>Draws an action for each row.</summary>
    /// <param name="observations">Shape (rows, observation length).</param>
    /// <param name="masks">Shape (rows, mask length), 0 = forbidden; empty for a policy without masks.</param>
    /// <param name="randoms">One stream per row, advanced by the same count of numbers whatever the action.</param>
    /// <param name="results">Receives actions, log-probabilities and distribution inputs.</param>
    /// <exception cref="ArgumentException">A length does not fit the number of streams.</exception>
    public void Act(ReadOnlySpan<float> observations, ReadOnlySpan<byte> masks, Span<RandomStream> randoms, ActBatch results) =>
        Act(observations, masks, randoms, randoms.Length, results);

    /// <summary>Takes the likeliest action for each row: the mean and the likeliest category of each head.</summary>
    /// <param name="observations">Shape (rows, observation length).</param>
    /// <param name="masks">Shape (rows, mask length), 0 = forbidden; empty for a policy without masks.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="results">Receives actions, log-probabilities and distribution inputs.</param>
    /// <exception cref="ArgumentException">A length does not fit the number of rows.</exception>
    public void ActGreedily(ReadOnlySpan<float> observations, ReadOnlySpan<byte> masks, int rows, ActBatch results) =>
        Act(observations, masks, [], rows, results);

    /// <summary>Values of observations.</summary>
    /// <param name="criticObservations">Shape (rows, critic's observation length).</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="values">Receives one value per row.</param>
    /// <exception cref="ArgumentException">A length does not fit the number of rows.</exception>
    public void Values(ReadOnlySpan<float> criticObservations, int rows, Span<float> values)
    {
        Require(criticObservations.Length, rows, Spec.CriticObservationLength, "numbers of observation");
        Require(values.Length, rows, 1, "values");
        CurrentBackend().EvaluateValues(criticObservations, rows, values);
    }

    /// <summary>The backend, with the parameters as they are now.</summary>
    internal ILearnerBackend CurrentBackend()
    {
        if (!_isBackendCurrent)
        {
            _backend.LoadParameters(_parameters);
            _isBackendCurrent = true;
        }

        return _backend;
    }

    /// <summary>Takes over what the backend has learned.</summary>
    internal void TakeParametersFromBackend() => _backend.StoreParameters(_parameters);

    private void Act(ReadOnlySpan<float> observations, ReadOnlySpan<byte> masks, Span<RandomStream> randoms, int rows, ActBatch results)
    {
        int continuousLength = Spec.ActionSpace.ContinuousLength;
        int heads = Spec.ActionSpace.HeadSizes.Length;
        int maskLength = Spec.HasActionMask ? Spec.ActionSpace.MaskLength : 0;
        Require(observations.Length, rows, Spec.ObservationLength, "numbers of observation");
        Require(masks.Length, rows, maskLength, "bytes of mask");
        Require(results.Continuous.Length, rows, continuousLength, "continuous numbers");
        Require(results.Discrete.Length, rows, heads, "discrete numbers");
        ILearnerBackend backend = CurrentBackend();
        for (int first = 0; first < rows; first += ChunkRows)
        {
            int count = Math.Min(ChunkRows, rows - first);
            Span<float> inputs = results.DistributionInputs.IsEmpty
                ? _distributionInputs
                : results.DistributionInputs.Slice(first * DistributionInputLength, count * DistributionInputLength);
            backend.EvaluatePolicy(observations.Slice(first * Spec.ObservationLength, count * Spec.ObservationLength), count, inputs);
            var chunk = new ActBatch
            {
                Continuous = results.Continuous[(first * continuousLength)..],
                Discrete = results.Discrete[(first * heads)..],
                LogProbabilities = results.LogProbabilities.IsEmpty ? [] : results.LogProbabilities[first..],
            };
            _sampler.Act(inputs, masks[(first * maskLength)..], randoms.IsEmpty ? [] : randoms[first..], count, chunk);
        }
    }

    private static void Require(int length, int rows, int perRow, string what)
    {
        if (length < rows * perRow || (perRow == 0 && length > 0 && what == "bytes of mask"))
        {
            throw new ArgumentException($"{rows} rows come with {length} {what}; {rows * perRow} are needed, {perRow} per row.");
        }
    }
}
