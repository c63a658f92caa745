using Heron.Core.Scheduling;

namespace Heron.Server.Driving;

/// <summary>Means over episodes that were played alike.</summary>
internal sealed class EvaluationSummary
{
    private readonly IReadOnlyList<EpisodeReport> _episodes;

    /// <param name="episodes">At least one.</param>
    public EvaluationSummary(IReadOnlyList<EpisodeReport> episodes)
    {
        _episodes = episodes;
        MeanReturn = episodes.Average(episode => episode.Return);
        AgentReturns = [.. episodes[0].Agents.Select((agent, i) => KeyValuePair.Create(agent.AgentId, episodes.Average(episode => episode.Agents[i].Return)))];
        double steps = Math.Max(1, episodes.Sum(episode => (double)episode.Steps));
        MetricMeans = [.. episodes[0].MetricSums.Keys.Select(metric => KeyValuePair.Create(metric, episodes.Sum(episode => episode.MetricSums[metric]) / steps))];
    }

    /// <summary>Mean over the episodes of the sum of all agents' rewards.</summary>
    public double MeanReturn { get; }

    /// <summary>Standard deviation of these sums over the episodes; 0 for one episode.</summary>
    public double ReturnDeviation => _episodes.Count == 1
        ? 0
        : Math.Sqrt(_episodes.Sum(episode => Math.Pow(episode.Return - MeanReturn, 2)) / (_episodes.Count - 1));

    /// <summary>Lowest of the sums.</summary>
    public double LowestReturn => _episodes.Min(episode => episode.Return);

    /// <summary>Highest of the sums.</summary>
    public double HighestReturn => _episodes.Max(episode => episode.Return);

    /// <summary>Mean length in environment steps, or runs of the physics.</summary>
    public double MeanSteps => _episodes.Average(episode => episode.Steps);

    /// <summary>Mean of the sums divided by the number of agents.</summary>
    public double MeanReturnPerAgent => MeanReturn / Math.Max(1, AgentReturns.Count);

    /// <summary>Mean sum of rewards of each agent.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> AgentReturns { get; }

    /// <summary>Mean of each metric over all steps of all episodes.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> MetricMeans { get; }

    /// <summary>Event-driven: mean time over all effects of all agents from the state observed to the effect of the decision on it, in seconds.</summary>
    public double MeanStalenessSeconds => StalenessOf(_episodes.SelectMany(episode => episode.AgentEvents));

    /// <summary>Event-driven: longest such time.</summary>
    public double MaxStalenessSeconds => _episodes.SelectMany(episode => episode.AgentEvents).Select(agent => agent.MaxStalenessSeconds).DefaultIfEmpty(0).Max();

    /// <summary>Mean time over the effects of some agents from the state observed to the effect of the decision on it, in seconds; 0 without effects.</summary>
    public static double StalenessOf(IEnumerable<AgentStatistics> agents)
    {
        double seconds = 0, effects = 0;
        foreach (AgentStatistics agent in agents)
        {
            seconds += agent.MeanStalenessSeconds * agent.Effects;
            effects += agent.Effects;
        }

        return seconds / Math.Max(1, effects);
    }
}
