namespace Heron.Core.Scheduling;

/// <summary>Disturbances at random times with a constant rate, drawn anew in each episode from a stream of its own.</summary>
/// <param name="RatePerSecond">Mean number per simulated second, more than 0.</param>
/// <param name="Types">The disturbances to choose from, all equally likely; at least one.</param>
/// <param name="EndSeconds">None happens at or after this time; default never ends.</param>
public sealed record PoissonDisturbances(double RatePerSecond, IReadOnlyList<Disturbance> Types, double EndSeconds = double.PositiveInfinity);
