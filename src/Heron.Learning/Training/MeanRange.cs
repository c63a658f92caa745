namespace Heron.Learning.Training;

/// <summary>Mean, smallest and largest of some numbers.</summary>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Minimum">Smallest.</param>
/// <param name="Maximum">Largest.</param>
public readonly record struct MeanRange(double Mean, double Minimum, double Maximum);
