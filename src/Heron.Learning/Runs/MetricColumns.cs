using Heron.Learning.Ppo;
using Heron.Learning.Training;

namespace Heron.Learning.Runs;

/// <summary>What is recorded of every iteration. The one place to add a number.</summary>
internal static class MetricColumns
{
    private static readonly (string Name, string Tag, Func<PpoStatistics, double> Read)[] Learning =
    [
        ("policy_loss", "loss/policy", statistics => statistics.PolicyLoss),
        ("value_loss", "loss/value", statistics => statistics.ValueLoss),
        ("entropy", "policy/entropy", statistics => statistics.Entropy),
        ("kl", "policy/kl", statistics => statistics.Kl),
        ("clip_fraction", "policy/clip_fraction", statistics => statistics.ClipFraction),
        ("explained_variance", "value/explained_variance", statistics => statistics.ExplainedVariance),
        ("gradient_norm", "loss/gradient_norm", statistics => statistics.GradientNorm),
    ];

    /// <summary>The columns of a run.</summary>
    /// <param name="policyIds">Its policies; with several, each has its own columns beside the means over all.</param>
    /// <param name="metrics">Metrics of its environment.</param>
    public static IReadOnlyList<MetricColumn> Of(IReadOnlyList<string> policyIds, IReadOnlyList<string> metrics)
    {
        List<MetricColumn> columns =
        [
            new("iteration", null, progress => progress.Iteration.Iteration),
            new("environment_steps", null, progress => progress.Iteration.EnvironmentSteps),
            new("agent_steps", null, progress => progress.Iteration.AgentSteps),
            new("episodes", "return/episodes", progress => progress.Iteration.Episodes),
            new("mean_return", "return/mean", progress => progress.Iteration.EpisodeReturn?.Mean ?? double.NaN),
            new("min_return", "return/min", progress => progress.Iteration.EpisodeReturn?.Minimum ?? double.NaN),
            new("max_return", "return/max", progress => progress.Iteration.EpisodeReturn?.Maximum ?? double.NaN),
            new("mean_length", "return/length", progress => progress.Iteration.EpisodeLength?.Mean ?? double.NaN),
            new("best_return", "return/best", progress => progress.BestReturn),
            new("learning_rate", "policy/learning_rate", progress => (double)(decimal)progress.Iteration.LearningRate),
        ];
        columns.AddRange(Learning.Select(value => new MetricColumn(value.Name, value.Tag, progress => Mean(progress.Iteration, value.Read))));
        if (policyIds.Count > 1)
        {
            columns.AddRange(policyIds.SelectMany(PolicyColumns));
        }

        columns.AddRange(metrics.Select(name => new MetricColumn($"metric/{name}", $"environment/{name}", progress => Of(progress.Iteration.Metrics, name))));
        columns.AddRange(
        [
            new("steps_per_second", "time/steps_per_second", progress => progress.Iteration.EnvironmentStepsPerSecond),
            new("sampling_seconds", "time/sampling_seconds", progress => progress.Iteration.SamplingSeconds),
            new("learning_seconds", "time/learning_seconds", progress => progress.Iteration.LearningSeconds),
            new("elapsed_seconds", "time/elapsed_seconds", progress => progress.ElapsedSeconds),
        ]);
        return columns;
    }

    private static IEnumerable<MetricColumn> PolicyColumns(string policyId) =>
        Learning.Select(value => new MetricColumn($"{value.Name}/{policyId}", $"{value.Tag}/{policyId}", progress =>
                progress.Iteration.Learning.TryGetValue(policyId, out PpoStatistics statistics) ? value.Read(statistics) : double.NaN))
            .Prepend(new MetricColumn($"mean_return/{policyId}", $"return/mean/{policyId}", progress => Of(progress.Iteration.PolicyReturns, policyId)));

    private static double Mean(TrainingIteration iteration, Func<PpoStatistics, double> read) =>
        iteration.Learning.Count == 0 ? double.NaN : iteration.Learning.Values.Average(read);

    private static double Of(IReadOnlyDictionary<string, double> values, string name) => values.GetValueOrDefault(name, double.NaN);
}
