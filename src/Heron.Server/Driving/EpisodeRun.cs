using Heron.Core.Environments;

namespace Heron.Server.Driving;

/// <summary>One copy of an environment that plays episode after episode; a source of actions decides. The same to whoever watches in both modes.</summary>
internal abstract class EpisodeRun(EnvironmentSpec spec) : IDisposable
{
    private readonly AgentFlags[] _ends = new AgentFlags[spec.Agents.Count];
    private readonly double[] _metricSums = new double[spec.MetricNames.Count];

    /// <summary>The environment as the source sees it; agents are named by their index in it.</summary>
    public EnvironmentSpec Spec { get; } = spec;

    /// <summary>Seed of the episode.</summary>
    public uint Seed { get; private set; }

    /// <summary>Simulated time since the reset, in seconds.</summary>
    public abstract double TimeSeconds { get; }

    /// <summary>Environment steps; event-driven: runs of the physics by its clock.</summary>
    public abstract long Steps { get; }

    /// <summary>Metrics of the last step or run of the physics.</summary>
    public abstract ReadOnlySpan<float> Metrics { get; }

    /// <summary>The sum of each metric over all steps, or runs of the physics.</summary>
    public ReadOnlySpan<double> MetricSums => _metricSums;

    /// <summary>Called after every step, or run of the physics; null for nobody.</summary>
    public Action<EpisodeRun>? Stepped { get; set; }

    /// <summary>Sum of the rewards of all agents so far.</summary>
    public double Return => Enumerable.Range(0, _ends.Length).Sum(ReturnOf);

    /// <summary>How the agent's episode ended: terminated or truncated; none while it is running, or if it never took part.</summary>
    public AgentFlags EndOf(int agent) => _ends[agent];

    /// <summary>What an agent observed last, once its episode has ended.</summary>
    public abstract ReadOnlySpan<float> LastObservation(int agent);

    /// <summary>The sum of an agent's rewards since it was last asked.</summary>
    public abstract float RewardSinceAsked(int agent);

    /// <summary>Plays an episode.</summary>
    /// <param name="seed">Its seed.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>Why it ended. Agents that were still in it are truncated then.</returns>
    public EpisodeEnd Play(uint seed, CancellationToken stop)
    {
        Seed = seed;
        _ends.AsSpan().Clear();
        _metricSums.AsSpan().Clear();
        Reset(seed);
        EpisodeEnd end = PlayOn(stop);
        for (int agent = 0; agent < _ends.Length; agent++)
        {
            if (_ends[agent] == AgentFlags.None && TakesPart(agent))
            {
                Note(agent, AgentFlags.Truncated);
            }
        }

        return end;
    }

    /// <summary>The episode in numbers.</summary>
    /// <param name="end">What <see cref="Play"/> returned.</param>
    public virtual EpisodeReport Report(EpisodeEnd end)
    {
        float[] metrics = Metrics.ToArray();
        return new EpisodeReport
        {
            Seed = Seed,
            End = end,
            EndSeconds = TimeSeconds,
            Steps = Steps,
            Agents = [.. Spec.Agents.Select((agent, i) => new AgentReport(
                agent.Id, ReturnOf(i), (_ends[i] & AgentFlags.Terminated) != 0, (_ends[i] & AgentFlags.Truncated) != 0))],
            Metrics = Spec.MetricNames.Select((name, i) => (name, i)).ToDictionary(metric => metric.name, metric => metrics[metric.i]),
            MetricSums = Spec.MetricNames.Select((name, i) => (name, i)).ToDictionary(metric => metric.name, metric => _metricSums[metric.i]),
        };
    }

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    protected abstract void Reset(uint seed);

    protected abstract EpisodeEnd PlayOn(CancellationToken stop);

    /// <summary>Whether an agent whose end is not noted was in the episode at all.</summary>
    protected abstract bool TakesPart(int agent);

    protected abstract double ReturnOf(int agent);

    /// <summary>A step, or a run of the physics, is done.</summary>
    protected void OnStepped()
    {
        ReadOnlySpan<float> metrics = Metrics;
        for (int metric = 0; metric < metrics.Length; metric++)
        {
            _metricSums[metric] += metrics[metric];
        }

        Stepped?.Invoke(this);
    }

    /// <summary>Notes that an agent's episode has ended.</summary>
    protected virtual void Note(int agent, AgentFlags end) => _ends[agent] = end;

    /// <summary>Whether the episodes of all agents have ended.</summary>
    protected bool HaveAllEnded => !_ends.AsSpan().Contains(AgentFlags.None);
}
