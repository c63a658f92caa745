using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heron.Learning.Backends;

/// <summary>Blocks of 4 rows and 16 columns in vectors of 8 floats, for what <see cref="MatrixKernel512"/> leaves and for processors without wider vectors.</summary>
/// <remarks>Without hardware for 8 floats the runtime splits the vectors; results stay the same, because a fused multiply-add rounds once everywhere.</remarks>
internal static unsafe class MatrixKernel256
{
    private const int Width = 8;

    public static void Multiply16(
        float* a, nint aRow, nint aStep, float* b, nint bRow, float* start, nint startRow, float* c, nint cRow, int rows, int depth)
    {
        int row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            Block4x2(a + (row * aRow), aRow, aStep, b, bRow, start + (row * startRow), startRow, c + (row * cRow), cRow, depth);
        }

        for (; row < rows; row++)
        {
            Block1x2(a + (row * aRow), aStep, b, bRow, start + (row * startRow), c + (row * cRow), depth);
        }
    }

    [MethodImpl(Kernel.Options)]
    private static void Block4x2(float* a, nint aRow, nint aStep, float* b, nint bRow, float* start, nint startRow, float* c, nint cRow, int depth)
    {
        Vector256<float> c00 = Vector256.Load(start), c01 = Vector256.Load(start + Width);
        Vector256<float> c10 = Vector256.Load(start + startRow), c11 = Vector256.Load(start + startRow + Width);
        Vector256<float> c20 = Vector256.Load(start + (2 * startRow)), c21 = Vector256.Load(start + (2 * startRow) + Width);
        Vector256<float> c30 = Vector256.Load(start + (3 * startRow)), c31 = Vector256.Load(start + (3 * startRow) + Width);
        for (int k = 0; k < depth; k++)
        {
            Vector256<float> b0 = Vector256.Load(b), b1 = Vector256.Load(b + Width);
            Vector256<float> x = Vector256.Create(*a);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
            x = Vector256.Create(a[aRow]);
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
            x = Vector256.Create(a[2 * aRow]);
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
            x = Vector256.Create(a[3 * aRow]);
            c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
            a += aStep;
            b += bRow;
        }

        c00.Store(c);
        c01.Store(c + Width);
        c10.Store(c + cRow);
        c11.Store(c + cRow + Width);
        c20.Store(c + (2 * cRow));
        c21.Store(c + (2 * cRow) + Width);
        c30.Store(c + (3 * cRow));
        c31.Store(c + (3 * cRow) + Width);
    }

    [MethodImpl(Kernel.Options)]
    private static void Block1x2(float* a, nint aStep, float* b, nint bRow, float* start, float* c, int depth)
    {
        Vector256<float> c0 = Vector256.Load(start), c1 = Vector256.Load(start + Width);
        for (int k = 0; k < depth; k++)
        {
            Vector256<float> x = Vector256.Create(*a);
            c0 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b), c0);
            c1 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b + Width), c1);
            a += aStep;
            b += bRow;
        }

        c0.Store(c);
        c1.Store(c + Width);
    }
}
