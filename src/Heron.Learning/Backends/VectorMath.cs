using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heron.Learning.Backends;

/// <summary>Functions of 16 floats at a time.</summary>
internal static unsafe class VectorMath
{
    // tanh(x) = x p(x^2) / q(x^2): a minimax fit of the relative error on [-8, 8], 6.4e-9 before rounding.
    // Rounded to single precision the relative error stays below 3.1e-7 everywhere and |tanh| below 1.
    private const float Limit = 8f;
    private const float P1 = 0.134445027f;
    private const float P2 = 0.00357160298f;
    private const float P3 = 2.18947425e-05f;
    private const float P4 = 1.52305333e-08f;
    private const float Q1 = 0.467778295f;
    private const float Q2 = 0.0261644609f;
    private const float Q3 = 0.000341130013f;
    private const float Q4 = 8.52249286e-07f;

    private const float E0 = 0.49999994f;
    private const float E1 = 0.166665211f;
    private const float E2 = 0.041668389f;
    private const float E3 = 0.00836871658f;
    private const float E4 = 0.00138145988f;
    private const float LowestExponent = -87.3f;
    private const float HighestExponent = 88.3f;

    /// <summary>The hyperbolic tangent, relative error below 3.1e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        // The limit first: of the two, a comparison with NaN keeps the second.
        x = Vector512.MinNative(Vector512.Create(Limit), Vector512.MaxNative(Vector512.Create(-Limit), x));
        Vector512<float> square = x * x;
        Vector512<float> p = Vector512.FusedMultiplyAdd(square, Vector512.Create(P4), Vector512.Create(P3));
        Vector512<float> q = Vector512.FusedMultiplyAdd(square, Vector512.Create(Q4), Vector512.Create(Q3));
        p = Vector512.FusedMultiplyAdd(p, square, Vector512.Create(P2));
        q = Vector512.FusedMultiplyAdd(q, square, Vector512.Create(Q2));
        p = Vector512.FusedMultiplyAdd(p, square, Vector512.Create(P1));
        q = Vector512.FusedMultiplyAdd(q, square, Vector512.Create(Q1));
        p = Vector512.FusedMultiplyAdd(p, square, Vector512<float>.One);
        q = Vector512.FusedMultiplyAdd(q, square, Vector512<float>.One);
        return x * p / q;
    }

    /// <summary>The exponential function, relative error below 1e-7; 0 below -87.3 and infinite above 88.3, the range of normal floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        // exp(x) = 2^n exp(r) with r = x - n log 2, where log 2 is taken in two parts so that the first product is exact.
        Vector512<float> n = Vector512.Round(x * Vector512.Create(1.44269504f));
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(2.12194440e-4f), r);

        // exp(r) = 1 + r + r^2 p(r): a minimax fit of the relative error on [-log(2)/2, log(2)/2], 3.1e-9 before rounding.
        Vector512<float> p = Vector512.FusedMultiplyAdd(r, Vector512.Create(E4), Vector512.Create(E3));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E2));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E1));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E0));
        p = Vector512.FusedMultiplyAdd(p, r * r, r) + Vector512<float>.One;

        // Adding n to the exponent of p; p is near 1.
        Vector512<float> result = (p.AsInt32() + (Vector512.ConvertToInt32Native(n) << 23)).AsSingle();
        result = Vector512.AndNot(result, Vector512.LessThan(x, Vector512.Create(LowestExponent)));
        result = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(HighestExponent)), Vector512.Create(float.PositiveInfinity), result);
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), result, x);
    }

    /// <summary>Sum of 16 lanes by halving, an order that no batch size changes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> lanes)
    {
        Vector128<float> four = SumToFour(lanes);
        four += Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return four.ToScalar() + four.GetElement(1);
    }

    /// <summary>Sums of the lanes of four vectors, each in the order of <see cref="Sum"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SumEach(Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            return Vector128.Create(Sum(v0), Sum(v1), Sum(v2), Sum(v3));
        }

        // The last two halvings of all four at once.
        Vector512<float> all = Vector512.Create(Vector256.Create(SumToFour(v0), SumToFour(v1)), Vector256.Create(SumToFour(v2), SumToFour(v3)));
        all += Vector512.Shuffle(all, Vector512.Create(2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13));
        all += Vector512.Shuffle(all, Vector512.Create(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));
        return Vector512.Shuffle(all, Vector512.Create(0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).GetLower().GetLower();
    }

    /// <summary>Replaces values by their hyperbolic tangent.</summary>
    /// <param name="values">Aligned; <paramref name="count"/> is a multiple of 16.</param>
    /// <param name="count">Number of values.</param>
    [MethodImpl(Kernel.Options)]
    public static void TanhInPlace(float* values, int count)
    {
        for (int i = 0; i < count; i += 16)
        {
            Tanh(Vector512.Load(values + i)).Store(values + i);
        }
    }

    /// <summary>Replaces values by max(0, value).</summary>
    [MethodImpl(Kernel.Options)]
    public static void ReluInPlace(float* values, int count)
    {
        for (int i = 0; i < count; i += 16)
        {
            Vector512.MaxNative(Vector512.Load(values + i), Vector512<float>.Zero).Store(values + i);
        }
    }

    /// <summary>Multiplies gradients by 1 - y^2, the derivative of tanh at y = tanh(x).</summary>
    [MethodImpl(Kernel.Options)]
    public static void TanhBackwardInPlace(float* gradients, float* outputs, int count)
    {
        for (int i = 0; i < count; i += 16)
        {
            Vector512<float> y = Vector512.Load(outputs + i);
            (Vector512.Load(gradients + i) * Vector512.FusedMultiplyAdd(-y, y, Vector512<float>.One)).Store(gradients + i);
        }
    }

    /// <summary>Clears gradients where the output of max(0, x) is 0.</summary>
    [MethodImpl(Kernel.Options)]
    public static void ReluBackwardInPlace(float* gradients, float* outputs, int count)
    {
        for (int i = 0; i < count; i += 16)
        {
            Vector512<float> isPositive = Vector512.GreaterThan(Vector512.Load(outputs + i), Vector512<float>.Zero);
            (Vector512.Load(gradients + i) & isPositive).Store(gradients + i);
        }
    }

    /// <summary>Sum of <paramref name="count"/> values, a multiple of 16.</summary>
    [MethodImpl(Kernel.Options)]
    public static float SumOf(float* values, int count)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int i = 0; i < count; i += 16)
        {
            sum += Vector512.Load(values + i);
        }

        return Sum(sum);
    }

    /// <summary>Adds each of <paramref name="rows"/> rows of <paramref name="columns"/> numbers, a multiple of 16, to <paramref name="sums"/>.</summary>
    [MethodImpl(Kernel.Options)]
    public static void AddRows(float* values, int columns, int rows, float* sums)
    {
        for (int column = 0; column < columns; column += 16)
        {
            Vector512<float> sum = Vector512.Load(sums + column);
            for (int row = 0; row < rows; row++)
            {
                sum += Vector512.Load(values + (row * columns) + column);
            }

            sum.Store(sums + column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SumToFour(Vector512<float> lanes)
    {
        Vector256<float> eight = lanes.GetLower() + lanes.GetUpper();
        return eight.GetLower() + eight.GetUpper();
    }
}
