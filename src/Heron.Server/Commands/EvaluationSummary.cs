using Heron.Learning.Training;

namespace Heron.Server.Commands;

/// <summary>Means over evaluated episodes.</summary>
internal sealed class EvaluationSummary
{
    private readonly IReadOnlyList<EpisodeResult> _episodes;

    /// <param name="episodes">At least one.</param>
    public EvaluationSummary(IReadOnlyList<EpisodeResult> episodes)
    {
        _episodes = episodes;
        MeanReturn = episodes.Average(episode => episode.Return);
        AgentReturns = [.. episodes[0].AgentReturns.Keys.Select(agent => KeyValuePair.Create(agent, episodes.Average(episode => episode.AgentReturns[agent])))];
        double steps = episodes.Sum(episode => (double)episode.Steps);
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

    /// <summary>Mean length in environment steps.</summary>
    public double MeanSteps => _episodes.Average(episode => episode.Steps);

    /// <summary>Mean of the sums divided by the number of agents.</summary>
    public double MeanReturnPerAgent => MeanReturn / Math.Max(1, AgentReturns.Count);

    /// <summary>Mean sum of rewards of each agent.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> AgentReturns { get; }

    /// <summary>Mean of each metric over all steps of all episodes.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> MetricMeans { get; }
}
