using System.Runtime.Intrinsics;

namespace Heron.Learning.Distributions;

/// <summary>Factors of log-probability, entropy and divergence in the quantity whose gradient is wanted, for the 16 rows of a vector.</summary>
internal readonly record struct DistributionWeights(Vector512<float> LogProbability, Vector512<float> Entropy, Vector512<float> Divergence);
