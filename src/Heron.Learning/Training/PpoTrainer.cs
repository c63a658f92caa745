using Heron.Core.Environments;
using Heron.Learning.Ppo;
using Heron.Learning.Rollouts;

namespace Heron.Learning.Training;

/// <summary>Trains the policies of an environment with PPO (Schulman et al., 2017), one iteration after the other.</summary>
/// <remarks>
/// An iteration samples <see cref="TrainingOptions.TrainBatchSize"/> environment steps and updates every policy. Not safe for concurrent
/// calls. Equal options give equal results bit for bit on one instruction set, on any number of threads, and also when a run is
/// saved and goes on in another process.
/// </remarks>
public sealed class PpoTrainer : IDisposable
{
    private readonly TimeProvider _time;
    private readonly VectorEnvironment _environment;
    private readonly PolicyTrainer[] _trainers;
    private readonly RolloutCollector _collector;
    private readonly PpoStatistics?[] _statistics;
    private readonly ParallelOptions _parallel;
    private readonly TrainerState _state;

    /// <summary>Makes the environment and new policies, and starts the first episodes.</summary>
    /// <param name="registry">The catalogue of environments.</param>
    /// <param name="options">All settings.</param>
    /// <param name="time">Measures how long things take; default the system's clock.</param>
    /// <exception cref="EnvironmentNotFoundException">The catalogue holds no such environment.</exception>
    /// <exception cref="ArgumentException">A setting is out of range or does not fit the environment; the message names it.</exception>
    public PpoTrainer(EnvironmentRegistry registry, TrainingOptions options, TimeProvider? time = null)
    {
        options.Validate();
        Options = options;
        _time = time ?? TimeProvider.System;
        EnvironmentFactory factory = options.CreateEnvironment(registry);
        Policies = new PolicySet(factory.Spec, options);
        _trainers = [.. Enumerable.Range(0, Policies.Policies.Count).Select(policy => new PolicyTrainer(Policies, policy, options))];
        _statistics = new PpoStatistics?[_trainers.Length];
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads };
        _environment = new VectorEnvironment(factory, options.NumEnvs, AutoresetMode.SameStep, options.Threads);
        _collector = new RolloutCollector(_environment, [.. _trainers.Select(trainer => trainer.Rollout)], options.StepsPerCopy);
        _state = new TrainerState(Policies, options, _environment, _trainers, _collector.Episodes);
        _collector.Start(options.Seed);
    }

    /// <summary>All settings.</summary>
    public TrainingOptions Options { get; }

    /// <summary>The policies, as they are after the last update.</summary>
    public PolicySet Policies { get; }

    /// <summary>What has been done so far.</summary>
    public TrainingProgress Progress { get; private set; }

    /// <summary>1. Tests set -1 to show that they would notice a gradient of the wrong sign.</summary>
    internal int GradientSign { get; init; } = 1;

    /// <summary>Samples a batch and updates every policy.</summary>
    /// <returns>What happened.</returns>
    /// <exception cref="InvalidOperationException">A policy gave numbers that are not finite; the message says what to try.</exception>
    public TrainingIteration RunIteration()
    {
        long started = _time.GetTimestamp();
        Sample();
        long sampled = _time.GetTimestamp();
        float learningRate = Options.Ppo.LearningRateAt((double)Progress.Iterations / Options.Iterations);
        Learn(GradientSign * learningRate);
        Progress = new TrainingProgress(
            Progress.Iterations + 1,
            Progress.EnvironmentSteps + SampledSteps,
            Progress.AgentSteps + _trainers.Sum(trainer => trainer.Rollout.ActionCount),
            Progress.Episodes + _collector.Episodes.Finished);
        return Report(learningRate, _time.GetElapsedTime(started, sampled), _time.GetElapsedTime(sampled));
    }

    /// <summary>The whole state of the run: weights, optimizers, random streams, running episodes, environments. Between two iterations.</summary>
    /// <returns>Bytes for <see cref="LoadState"/>.</returns>
    public byte[] SaveState() => _state.Save(Progress);

    /// <summary>Takes over a state and continues as if the run had not been stopped.</summary>
    /// <param name="source">Bytes written by <see cref="SaveState"/> of a trainer with the same environment, networks, policies, copies and batch size; other settings may differ.</param>
    /// <exception cref="ArgumentException">They do not fit or are damaged; the message says what differs, and nothing is changed.</exception>
    public void LoadState(ReadOnlySpan<byte> source) => Progress = _state.Load(source);

    /// <summary>Ends the threads; the policies stay usable.</summary>
    public void Dispose() => _environment.Dispose();

    /// <summary>Samples a batch without learning from it.</summary>
    internal void Sample() => _collector.Collect();

    private int SampledSteps => _environment.Count * Options.StepsPerCopy;

    private void Learn(float learningRate)
    {
        if (_trainers.Length == 1)
        {
            _statistics[0] = _trainers[0].Learn(learningRate);
            return;
        }

        // Policies share nothing, so the order in which they learn does not matter.
        Parallel.For(0, _trainers.Length, _parallel, policy => _statistics[policy] = _trainers[policy].Learn(learningRate));
    }

    private TrainingIteration Report(float learningRate, TimeSpan sampling, TimeSpan learning)
    {
        EpisodeTracker episodes = _collector.Episodes;
        int finished = episodes.Finished;
        PolicyMapping mapping = Policies.Mapping;
        return new TrainingIteration
        {
            Iteration = Progress.Iterations,
            EnvironmentSteps = Progress.EnvironmentSteps,
            AgentSteps = Progress.AgentSteps,
            Episodes = Progress.Episodes,
            SampledEnvironmentSteps = SampledSteps,
            SampledAgentSteps = _trainers.Sum(trainer => trainer.Rollout.ActionCount),
            FinishedEpisodes = finished,
            EpisodeReturn = finished == 0 ? null : new MeanRange(episodes.ReturnSum / finished, episodes.MinimumReturn, episodes.MaximumReturn),
            EpisodeLength = finished == 0 ? null : new MeanRange((double)episodes.LengthSum / finished, episodes.MinimumLength, episodes.MaximumLength),
            AgentReturns = NumbersByName.Of(finished == 0 ? [] : Policies.Spec.Agents.Select(agent => agent.Id), agent => episodes.AgentReturnSum(agent) / finished),
            PolicyReturns = NumbersByName.Of(finished == 0 ? [] : mapping.PolicyIds, policy => PolicyReturnSum(policy) / finished),
            Metrics = NumbersByName.Of(Policies.Spec.MetricNames, _collector.MetricMean),
            Learning = LearningByPolicy(),
            LearningRate = learningRate,
            SamplingSeconds = sampling.TotalSeconds,
            LearningSeconds = learning.TotalSeconds,
        };
    }

    private double PolicyReturnSum(int policy)
    {
        double sum = 0;
        foreach (int agent in Policies.Mapping.AgentsOf(policy))
        {
            sum += _collector.Episodes.AgentReturnSum(agent);
        }

        return sum;
    }

    private OrderedDictionary<string, PpoStatistics> LearningByPolicy()
    {
        var learning = new OrderedDictionary<string, PpoStatistics>();
        for (int policy = 0; policy < _statistics.Length; policy++)
        {
            if (_statistics[policy] is { } statistics)
            {
                learning.Add(Policies.Mapping.PolicyIds[policy], statistics);
            }
        }

        return learning;
    }
}
