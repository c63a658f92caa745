namespace Heron.Learning.Reporting;

/// <summary>A point of a curve, with the spread around it.</summary>
/// <param name="X">For learning curves: environment steps.</param>
/// <param name="Y">For learning curves: mean return.</param>
/// <param name="Low">Lower end of the shaded band; not-a-number for none.</param>
/// <param name="High">Upper end of the shaded band; not-a-number for none.</param>
public readonly record struct CurvePoint(double X, double Y, double Low = double.NaN, double High = double.NaN);
