using Heron.Core.Environments;
using Heron.Core.Randomness;

namespace Heron.Learning.Training;

/// <summary>Plays whole episodes with policies as they are, without learning.</summary>
/// <remarks>An episode depends on its seed and the policies alone, not on how many are played at once.</remarks>
public sealed class PolicyEvaluator : IDisposable
{
    private const int MostCopies = 32;

    private readonly EnvironmentFactory _factory;
    private readonly PolicySet _policies;
    private readonly double[] _returns;
    private readonly double[] _metricSums;
    private VectorEnvironment? _environment;
    private PolicyDriver? _driver;

    /// <summary>Prepares evaluation.</summary>
    /// <param name="registry">The catalogue of environments.</param>
    /// <param name="options">Those that the policies were made with.</param>
    /// <param name="policies">The policies; an evaluation plays with what they hold then.</param>
    /// <exception cref="EnvironmentNotFoundException">The catalogue holds no such environment.</exception>
    public PolicyEvaluator(EnvironmentRegistry registry, TrainingOptions options, PolicySet policies)
    {
        _factory = options.CreateEnvironment(registry);
        _policies = policies;
        _returns = new double[MostCopies * policies.Spec.Agents.Count];
        _metricSums = new double[MostCopies * policies.Spec.MetricNames.Count];
    }

    /// <summary>Plays episodes.</summary>
    /// <param name="episodes">How many, at least 1.</param>
    /// <param name="seed">Seed of the first; episode i has this plus i.</param>
    /// <param name="greedy">Whether to take the likeliest action instead of drawing one.</param>
    /// <returns>One result per episode, in order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Less than one episode.</exception>
    public IReadOnlyList<EpisodeResult> Play(int episodes, uint seed, bool greedy)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        var results = new EpisodeResult[episodes];
        for (int first = 0; first < episodes; first += MostCopies)
        {
            PlayTogether(results.AsSpan(first, Math.Min(MostCopies, episodes - first)), EpisodeSeed.ForCopy(seed, first), greedy);
        }

        return results;
    }

    /// <summary>Ends the threads of the environment.</summary>
    public void Dispose() => _environment?.Dispose();

    private void PlayTogether(Span<EpisodeResult> results, uint seed, bool greedy)
    {
        VectorEnvironment environment = CopiesFor(results.Length);
        environment.Reset(seed);
        _returns.AsSpan().Clear();
        _metricSums.AsSpan().Clear();
        for (int copy = 0; copy < results.Length; copy++)
        {
            _driver!.Seed(copy, EpisodeSeed.ForCopy(seed, copy));
        }

        results.Clear();
        int left = results.Length;
        for (int steps = 1; left > 0; steps++)
        {
            _driver!.Act(environment, greedy);
            environment.Step();
            for (int copy = 0; copy < results.Length; copy++)
            {
                // A copy whose episode is over plays on until the others are done; that is not counted.
                if (results[copy] is not null)
                {
                    continue;
                }

                if (TakeIn(environment, copy))
                {
                    results[copy] = Describe(environment, copy, EpisodeSeed.ForCopy(seed, copy), steps);
                    left--;
                }
            }
        }
    }

    private VectorEnvironment CopiesFor(int count)
    {
        if (_environment?.Count != count)
        {
            _environment?.Dispose();
            _environment = new VectorEnvironment(_factory, count, AutoresetMode.SameStep, threads: 1);
            _driver = new PolicyDriver(_policies, count);
        }

        return _environment;
    }

    /// <summary>Adds up a step of a copy.</summary>
    /// <returns>Whether the episode ended in it.</returns>
    private bool TakeIn(VectorEnvironment environment, int copy)
    {
        bool ended = (environment.CopyFlags.All[copy] & CopyFlags.Ended) != 0;
        ReadOnlySpan<float> rewards = environment.Rewards.Row(copy);
        for (int agent = 0; agent < rewards.Length; agent++)
        {
            _returns[(copy * rewards.Length) + agent] += rewards[agent];
        }

        ReadOnlySpan<float> metrics = (ended ? environment.FinalMetrics : environment.Metrics).Row(copy);
        for (int metric = 0; metric < metrics.Length; metric++)
        {
            _metricSums[(copy * metrics.Length) + metric] += metrics[metric];
        }

        return ended;
    }

    private EpisodeResult Describe(VectorEnvironment environment, int copy, uint seed, int steps)
    {
        IReadOnlyList<AgentSpec> agents = _policies.Spec.Agents;
        IReadOnlyList<string> metrics = _policies.Spec.MetricNames;
        ReadOnlySpan<double> returns = _returns.AsSpan(copy * agents.Count, agents.Count);
        double sum = 0;
        foreach (double of in returns)
        {
            sum += of;
        }

        float[] last = environment.FinalMetrics.Row(copy).ToArray();
        return new EpisodeResult
        {
            Seed = seed,
            Steps = steps,
            Return = sum,
            AgentReturns = NumbersByName.Of(agents.Select(agent => agent.Id), agent => _returns[(copy * agents.Count) + agent]),
            MetricSums = NumbersByName.Of(metrics, metric => _metricSums[(copy * metrics.Count) + metric]),
            FinalMetrics = NumbersByName.Of(metrics, metric => last[metric]),
        };
    }
}
