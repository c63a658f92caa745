using Heron.Learning.Reporting;

namespace Heron.Learning.Runs;

/// <summary>Mean returns over environment steps, as a picture.</summary>
public static class LearningCurve
{
    /// <summary>The curve of a run, with the range of its episodes around it.</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="metrics">Its numbers.</param>
    public static CurveSeries Of(string name, RunMetrics metrics)
    {
        IReadOnlyList<double> steps = metrics["environment_steps"], means = metrics["mean_return"], low = metrics["min_return"], high = metrics["max_return"];
        return new CurveSeries(name, [.. Enumerable.Range(0, metrics.Count).Select(i => new CurvePoint(steps[i], means[i], low[i], high[i]))]);
    }

    /// <summary>Draws curves.</summary>
    /// <param name="title">Stands above them.</param>
    /// <param name="curves">From <see cref="Of"/>. The ranges of episodes are only drawn when there is one curve.</param>
    /// <returns>An SVG document.</returns>
    public static string Draw(string title, IReadOnlyList<CurveSeries> curves) => CurvePicture.Draw(
        title,
        "environment steps",
        "mean return of an episode, summed over agents",
        curves.Count == 1 ? curves : [.. curves.Select(curve => curve with { Points = [.. curve.Points.Select(point => new CurvePoint(point.X, point.Y))] })]);
}
