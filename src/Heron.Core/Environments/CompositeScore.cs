namespace Heron.Core.Environments;

/// <summary>Several scores one after the other: each finds the rewards as the one before left them, and has its own metrics.</summary>
internal sealed class CompositeScore : EnvironmentScore
{
    private readonly EnvironmentScore[] _scores;

    public CompositeScore(IReadOnlyList<EnvironmentScore> scores)
    {
        _scores = [.. scores];
        MetricNames = [.. scores.SelectMany(score => score.MetricNames)];
    }

    public IReadOnlyList<EnvironmentScore> Parts => _scores;

    public override void Score(in ScoreContext context)
    {
        int next = 0;
        foreach (EnvironmentScore score in _scores)
        {
            score.Score(context.WithMetrics(next, score.MetricNames.Count));
            next += score.MetricNames.Count;
        }
    }

    protected internal override void Connect(ScoreSetup setup)
    {
        foreach (EnvironmentScore score in _scores)
        {
            score.Connect(setup);
        }
    }
}
