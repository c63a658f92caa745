namespace Heron.Server.Bench;

/// <summary>One measured speed.</summary>
/// <param name="Area">Part of the product, one of <see cref="BenchAreas"/>.</param>
/// <param name="Work">What one call did.</param>
/// <param name="MicrosecondsPerCall">Median over the rounds.</param>
/// <param name="PerSecond">Units per second, median over the rounds.</param>
/// <param name="BestPerSecond">Units per second in the fastest round; far above the median on a busy machine.</param>
/// <param name="Unit">What is counted, in the plural.</param>
internal sealed record BenchFigure(string Area, string Work, double MicrosecondsPerCall, double PerSecond, double BestPerSecond, string Unit);
