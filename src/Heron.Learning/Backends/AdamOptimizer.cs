using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heron.Learning.Backends;

/// <summary>Adam (Kingma and Ba, 2015) over packed parameters, with the gradient's norm limited as a whole.</summary>
/// <remarks>
/// m = 0.9 m + 0.1 g, v = 0.999 v + 0.001 g^2, p -= rate / (1 - 0.9^t) m / (sqrt(v) / sqrt(1 - 0.999^t) + epsilon).
/// Where gradients are always 0, as in padding, parameters stay.
/// </remarks>
internal sealed unsafe class AdamOptimizer(int length)
{
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;

    // The norm is limited to norm / (norm + this), so that a gradient of 0 does not divide by 0.
    private const double NormEpsilon = 1e-6;

    public AlignedBuffer FirstMoments { get; } = new(length);

    public AlignedBuffer SecondMoments { get; } = new(length);

    public long StepCount { get; set; }

    /// <summary>The factor that brings a gradient of <paramref name="norm"/> within <paramref name="limit"/>.</summary>
    public static float ClipCoefficient(double norm, float? limit) => limit is { } value ? (float)Math.Min(1, value / (norm + NormEpsilon)) : 1;

    /// <summary>Makes one step.</summary>
    [MethodImpl(Kernel.Options)]
    public void Step(AlignedBuffer parameters, AlignedBuffer gradients, float gradientScale, float learningRate, float epsilon)
    {
        StepCount++;
        Vector512<float> rate = Vector512.Create((float)(learningRate / (1 - Math.Pow(FirstDecay, StepCount))));
        Vector512<float> rootCorrection = Vector512.Create((float)(1 / Math.Sqrt(1 - Math.Pow(SecondDecay, StepCount))));
        Vector512<float> scale = Vector512.Create(gradientScale);
        Vector512<float> eps = Vector512.Create(epsilon);
        float* p = parameters.Pointer, g = gradients.Pointer, m = FirstMoments.Pointer, v = SecondMoments.Pointer;
        for (int i = 0; i < parameters.Length; i += 16)
        {
            Vector512<float> gradient = Vector512.Load(g + i) * scale;
            Vector512<float> first = Vector512.Load(m + i);
            Vector512<float> second = Vector512.Load(v + i);
            first = Vector512.FusedMultiplyAdd(gradient - first, Vector512.Create((float)(1 - FirstDecay)), first);
            second = Vector512.FusedMultiplyAdd(gradient * gradient, Vector512.Create((float)(1 - SecondDecay)), second * Vector512.Create((float)SecondDecay));
            first.Store(m + i);
            second.Store(v + i);
            Vector512<float> denominator = Vector512.FusedMultiplyAdd(Vector512.Sqrt(second), rootCorrection, eps);
            (Vector512.Load(p + i) - (rate * first / denominator)).Store(p + i);
        }
    }

    /// <summary>Euclidean norm of <paramref name="gradients"/>.</summary>
    [MethodImpl(Kernel.Options)]
    public static double Norm(AlignedBuffer gradients)
    {
        float* g = gradients.Pointer;
        Vector512<float> a = Vector512<float>.Zero, b = a;
        for (int i = 0; i < gradients.Length; i += 16)
        {
            Vector512<float> value = Vector512.Load(g + i);
            (a, b) = (b, Vector512.FusedMultiplyAdd(value, value, a));
        }

        return Math.Sqrt(VectorMath.Sum(a) + VectorMath.Sum(b));
    }
}
