using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Heron.Learning.Backends;

namespace Heron.Learning.Distributions;

/// <summary>A choice among n categories from n logits, for the 16 rows of a vector; see <see cref="LaneTile"/> for the form.</summary>
internal static unsafe class CategoricalLanes
{
    /// <summary>What the logit of a forbidden category is replaced by: its probability is 0 and all products with it stay finite.</summary>
    public const float ForbiddenLogit = -1e30f;

    private const int Stride = LaneTile.Rows;

    /// <summary>Turns logits into log-probabilities in place, and writes the probabilities.</summary>
    [MethodImpl(Kernel.Options)]
    public static void Normalize(float* logits, float* probabilities, int count)
    {
        Vector512<float> highest = Vector512.Load(logits);
        for (int j = 1; j < count; j++)
        {
            highest = Vector512.MaxNative(highest, Vector512.Load(logits + (j * Stride)));
        }

        Vector512<float> sum = Vector512<float>.Zero;
        for (int j = 0; j < count; j++)
        {
            Vector512<float> exponential = VectorMath.Exp(Vector512.Load(logits + (j * Stride)) - highest);
            exponential.Store(probabilities + (j * Stride));
            sum += exponential;
        }

        // The difference to the highest logit comes first: it is exact, while their sum with the logarithm may not be.
        Vector512<float> logarithm = Vector512.Log(sum);
        Vector512<float> scale = Vector512<float>.One / sum;
        for (int j = 0; j < count; j++)
        {
            (Vector512.Load(logits + (j * Stride)) - highest - logarithm).Store(logits + (j * Stride));
            (Vector512.Load(probabilities + (j * Stride)) * scale).Store(probabilities + (j * Stride));
        }
    }

    /// <summary>Log-probability of the chosen categories.</summary>
    [MethodImpl(Kernel.Options)]
    public static Vector512<float> LogProbability(float* logProbabilities, int* chosen, int count)
    {
        Vector512<int> choice = Vector512.Load(chosen);
        Vector512<float> result = Vector512<float>.Zero;
        for (int j = 0; j < count; j++)
        {
            result |= Vector512.Load(logProbabilities + (j * Stride)) & IsChoice(choice, j);
        }

        return result;
    }

    /// <summary>Entropy in nats, -sum p log p.</summary>
    [MethodImpl(Kernel.Options)]
    public static Vector512<float> Entropy(float* logProbabilities, float* probabilities, int count)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int j = 0; j < count; j++)
        {
            sum -= Vector512.Load(probabilities + (j * Stride)) * Vector512.Load(logProbabilities + (j * Stride));
        }

        return sum;
    }

    /// <summary>KL(old || new) = sum p_old (log p_old - log p_new).</summary>
    [MethodImpl(Kernel.Options)]
    public static Vector512<float> Divergence(float* oldLogProbabilities, float* oldProbabilities, float* logProbabilities, int count)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int j = 0; j < count; j++)
        {
            Vector512<float> difference = Vector512.Load(oldLogProbabilities + (j * Stride)) - Vector512.Load(logProbabilities + (j * Stride));
            sum += Vector512.Load(oldProbabilities + (j * Stride)) * difference;
        }

        return sum;
    }

    /// <summary>Writes the gradient at the logits of a log p(chosen) + b H + c KL(old || new), given a, b and c.</summary>
    /// <remarks>
    /// d log p(i) / dz(j) = [i = j] - p(j); dH / dz(j) = -p(j) (log p(j) + H); dKL / dz(j) = p(j) - p_old(j).
    /// </remarks>
    [MethodImpl(Kernel.Options)]
    public static void Gradient(
        float* logProbabilities, float* probabilities, float* oldProbabilities, int* chosen, int count, Vector512<float> entropy, DistributionWeights weights, float* gradients)
    {
        Vector512<int> choice = Vector512.Load(chosen);
        for (int j = 0; j < count; j++)
        {
            Vector512<float> p = Vector512.Load(probabilities + (j * Stride));
            Vector512<float> gradient = weights.LogProbability * ((Vector512<float>.One & IsChoice(choice, j)) - p);
            gradient -= weights.Entropy * p * (Vector512.Load(logProbabilities + (j * Stride)) + entropy);
            gradient += weights.Divergence * (p - Vector512.Load(oldProbabilities + (j * Stride)));
            gradient.Store(gradients + (j * Stride));
        }
    }

    /// <summary>Draws a category by inverting the distribution function at uniform numbers in [0, 1).</summary>
    [MethodImpl(Kernel.Options)]
    public static void Sample(float* probabilities, int count, float* uniforms, int* chosen)
    {
        Vector512<float> target = Vector512.Load(uniforms);
        Vector512<float> below = Vector512<float>.Zero;
        Vector512<int> choice = Vector512<int>.Zero;
        for (int j = 0; j < count; j++)
        {
            // The last possible category whose predecessors do not reach the target: rounding cannot lead to an impossible one.
            Vector512<float> p = Vector512.Load(probabilities + (j * Stride));
            Vector512<float> isReached = Vector512.GreaterThan(p, Vector512<float>.Zero) & Vector512.LessThanOrEqual(below, target);
            choice = Vector512.ConditionalSelect(isReached.AsInt32(), Vector512.Create(j), choice);
            below += p;
        }

        choice.Store(chosen);
    }

    /// <summary>The likeliest category, the first one among equals.</summary>
    [MethodImpl(Kernel.Options)]
    public static void Mode(float* logits, int count, int* chosen)
    {
        Vector512<float> highest = Vector512.Load(logits);
        Vector512<int> choice = Vector512<int>.Zero;
        for (int j = 1; j < count; j++)
        {
            Vector512<float> logit = Vector512.Load(logits + (j * Stride));
            choice = Vector512.ConditionalSelect(Vector512.GreaterThan(logit, highest).AsInt32(), Vector512.Create(j), choice);
            highest = Vector512.MaxNative(highest, logit);
        }

        choice.Store(chosen);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> IsChoice(Vector512<int> choice, int category) =>
        Vector512.Equals(choice, Vector512.Create(category)).AsSingle();
}
