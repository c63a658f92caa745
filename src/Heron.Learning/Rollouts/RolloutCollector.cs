using Heron.Core.Environments;
using Heron.Core.Randomness;

namespace Heron.Learning.Rollouts;

/// <summary>Samples all copies of an environment with the policies of its agents, one batch after the other.</summary>
/// <remarks>Episodes go on from batch to batch. Nothing is allocated while sampling, and the result does not depend on the number of threads.</remarks>
internal sealed class RolloutCollector
{
    private readonly VectorEnvironment _environment;
    private readonly PolicyRollout[] _policies;
    private readonly int _stepsPerCopy;
    private readonly double[] _metricSums;

    /// <summary>Prepares sampling.</summary>
    /// <param name="environment">In the mode <see cref="AutoresetMode.SameStep"/>, because final observations are needed.</param>
    /// <param name="policies">One for each policy; every agent belongs to one of them.</param>
    /// <param name="stepsPerCopy">Steps of each copy per batch.</param>
    public RolloutCollector(VectorEnvironment environment, PolicyRollout[] policies, int stepsPerCopy)
    {
        _environment = environment;
        _policies = policies;
        _stepsPerCopy = stepsPerCopy;
        _metricSums = new double[environment.Spec.MetricNames.Count];
        Episodes = new EpisodeTracker(environment.Count, environment.Spec.Agents.Count);
    }

    /// <summary>The episodes that ended in the last batch, and those that run.</summary>
    public EpisodeTracker Episodes { get; }

    /// <summary>Mean of a metric over the steps of the last batch.</summary>
    /// <param name="metric">Its index.</param>
    public double MetricMean(int metric) => _metricSums[metric] / ((double)_stepsPerCopy * _environment.Count);

    /// <summary>Starts the first episode of every copy, and the random streams.</summary>
    /// <param name="seed">Seed of the run.</param>
    public void Start(uint seed)
    {
        _environment.Reset(seed);
        Episodes.Restart();
        foreach (PolicyRollout policy in _policies)
        {
            for (int copy = 0; copy < _environment.Count; copy++)
            {
                policy.Actor.Seed(copy, EpisodeSeed.ForCopy(seed, copy));
            }
        }
    }

    /// <summary>Samples a batch.</summary>
    /// <exception cref="InvalidOperationException">A policy gave a number that is not finite; the message names it.</exception>
    public void Collect()
    {
        Episodes.Clear();
        _metricSums.AsSpan().Clear();
        foreach (PolicyRollout policy in _policies)
        {
            policy.Begin();
        }

        for (int step = 0; step < _stepsPerCopy; step++)
        {
            Step();
        }

        foreach (PolicyRollout policy in _policies)
        {
            policy.Finish(_environment);
        }
    }

    private void Step()
    {
        foreach (PolicyRollout policy in _policies)
        {
            policy.Act(_environment);
        }

        if (_environment.FindActionViolation() is { } violation)
        {
            throw new InvalidOperationException($"Training has diverged: {violation.Message} Try a lower learning rate, or a gradient clip.");
        }

        _environment.Step();
        foreach (PolicyRollout policy in _policies)
        {
            policy.Observe(_environment);
        }

        for (int copy = 0; copy < _environment.Count; copy++)
        {
            TakeIn(copy);
        }
    }

    private void TakeIn(int copy)
    {
        bool ended = (_environment.CopyFlags.All[copy] & CopyFlags.Ended) != 0;
        Episodes.Add(copy, _environment.Rewards.Row(copy), ended);
        ReadOnlySpan<float> metrics = (ended ? _environment.FinalMetrics : _environment.Metrics).Row(copy);
        for (int metric = 0; metric < metrics.Length; metric++)
        {
            _metricSums[metric] += metrics[metric];
        }
    }
}
