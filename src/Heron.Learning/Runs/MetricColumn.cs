namespace Heron.Learning.Runs;

/// <summary>One number of an iteration, as a column of <c>metrics.csv</c> and as a curve of TensorBoard.</summary>
/// <param name="Name">Heading of the column.</param>
/// <param name="Tag">Name of the curve; null for numbers that are no curve.</param>
/// <param name="Read">Takes the number; not-a-number where there is none.</param>
internal sealed record MetricColumn(string Name, string? Tag, Func<RunProgress, double> Read);
