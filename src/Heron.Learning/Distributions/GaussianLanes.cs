using System.Runtime.Intrinsics;
using Heron.Learning.Backends;

namespace Heron.Learning.Distributions;

/// <summary>
/// One normal number with mean m and logarithm of the standard deviation s, for the 16 rows of a vector; see
/// <see cref="LaneTile"/> for the form. With u = (a - m) / exp(s):
/// log p = -u^2/2 - s - log(2 pi)/2, H = s + (1 + log(2 pi))/2,
/// KL(old || new) = s - s_old + (exp(2 s_old) + (m_old - m)^2) / (2 exp(2 s)) - 1/2.
/// </summary>
internal static class GaussianLanes
{
    private const float HalfLogTwoPi = 0.918938533f;

    public static Vector512<float> LogProbability(Vector512<float> mean, Vector512<float> logStd, Vector512<float> action)
    {
        Vector512<float> u = (action - mean) * VectorMath.Exp(-logStd);
        return (Vector512.Create(-0.5f) * u * u) - logStd - Vector512.Create(HalfLogTwoPi);
    }

    public static Vector512<float> Entropy(Vector512<float> logStd) => logStd + Vector512.Create(0.5f + HalfLogTwoPi);

    public static Vector512<float> Divergence(Vector512<float> oldMean, Vector512<float> oldLogStd, Vector512<float> mean, Vector512<float> logStd)
    {
        // Two factors exp(-s) and not one exp(-2 s): the latter leaves the range of floats first.
        Vector512<float> scale = VectorMath.Exp(-logStd);
        Vector512<float> spread = VectorMath.Exp(oldLogStd - logStd);
        Vector512<float> shift = (oldMean - mean) * scale;
        return logStd - oldLogStd + (Vector512.Create(0.5f) * ((spread * spread) + (shift * shift) - Vector512<float>.One));
    }

    /// <summary>The gradient at m and s of a log p + b H + c KL(old || new), given a, b and c.</summary>
    public static (Vector512<float> Mean, Vector512<float> LogStd) Gradient(
        Vector512<float> mean, Vector512<float> logStd, Vector512<float> action, Vector512<float> oldMean, Vector512<float> oldLogStd, DistributionWeights weights)
    {
        Vector512<float> scale = VectorMath.Exp(-logStd);
        Vector512<float> u = (action - mean) * scale;
        Vector512<float> spread = VectorMath.Exp(oldLogStd - logStd);
        Vector512<float> shift = (mean - oldMean) * scale;
        Vector512<float> meanGradient = ((weights.LogProbability * u) + (weights.Divergence * shift)) * scale;
        Vector512<float> logStdGradient =
            (weights.LogProbability * ((u * u) - Vector512<float>.One))
            + weights.Entropy
            + (weights.Divergence * (Vector512<float>.One - (spread * spread) - (shift * shift)));
        return (meanGradient, logStdGradient);
    }
}
