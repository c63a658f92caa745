namespace Heron.Learning.Reporting;

/// <summary>One line of a picture.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Points">From left to right; points that are not finite are left out.</param>
public sealed record CurveSeries(string Name, IReadOnlyList<CurvePoint> Points);
