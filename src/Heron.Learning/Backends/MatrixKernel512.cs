using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heron.Learning.Backends;

/// <summary>Blocks of 4 rows and 64 or 32 columns in vectors of 16 floats; 16 sums stay in registers.</summary>
internal static unsafe class MatrixKernel512
{
    private const int Width = 16;

    public static void Multiply64(
        float* a, nint aRow, nint aStep, float* b, nint bRow, float* start, nint startRow, float* c, nint cRow, int rows, int depth)
    {
        int row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            Block4x4(a + (row * aRow), aRow, aStep, b, bRow, start + (row * startRow), startRow, c + (row * cRow), cRow, depth);
        }

        for (; row < rows; row++)
        {
            Block1x4(a + (row * aRow), aStep, b, bRow, start + (row * startRow), c + (row * cRow), depth);
        }
    }

    public static void Multiply32(
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
    private static void Block4x4(float* a, nint aRow, nint aStep, float* b, nint bRow, float* start, nint startRow, float* c, nint cRow, int depth)
    {
        Load4(start, out Vector512<float> c00, out Vector512<float> c01, out Vector512<float> c02, out Vector512<float> c03);
        Load4(start + startRow, out Vector512<float> c10, out Vector512<float> c11, out Vector512<float> c12, out Vector512<float> c13);
        Load4(start + (2 * startRow), out Vector512<float> c20, out Vector512<float> c21, out Vector512<float> c22, out Vector512<float> c23);
        Load4(start + (3 * startRow), out Vector512<float> c30, out Vector512<float> c31, out Vector512<float> c32, out Vector512<float> c33);
        for (int k = 0; k < depth; k++)
        {
            Load4(b, out Vector512<float> b0, out Vector512<float> b1, out Vector512<float> b2, out Vector512<float> b3);
            Vector512<float> x = Vector512.Create(*a);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            c02 = Vector512.FusedMultiplyAdd(x, b2, c02);
            c03 = Vector512.FusedMultiplyAdd(x, b3, c03);
            x = Vector512.Create(a[aRow]);
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            c12 = Vector512.FusedMultiplyAdd(x, b2, c12);
            c13 = Vector512.FusedMultiplyAdd(x, b3, c13);
            x = Vector512.Create(a[2 * aRow]);
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            c22 = Vector512.FusedMultiplyAdd(x, b2, c22);
            c23 = Vector512.FusedMultiplyAdd(x, b3, c23);
            x = Vector512.Create(a[3 * aRow]);
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            c32 = Vector512.FusedMultiplyAdd(x, b2, c32);
            c33 = Vector512.FusedMultiplyAdd(x, b3, c33);
            a += aStep;
            b += bRow;
        }

        Store4(c, c00, c01, c02, c03);
        Store4(c + cRow, c10, c11, c12, c13);
        Store4(c + (2 * cRow), c20, c21, c22, c23);
        Store4(c + (3 * cRow), c30, c31, c32, c33);
    }

    [MethodImpl(Kernel.Options)]
    private static void Block1x4(float* a, nint aStep, float* b, nint bRow, float* start, float* c, int depth)
    {
        Load4(start, out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3);
        for (int k = 0; k < depth; k++)
        {
            Load4(b, out Vector512<float> b0, out Vector512<float> b1, out Vector512<float> b2, out Vector512<float> b3);
            Vector512<float> x = Vector512.Create(*a);
            c0 = Vector512.FusedMultiplyAdd(x, b0, c0);
            c1 = Vector512.FusedMultiplyAdd(x, b1, c1);
            c2 = Vector512.FusedMultiplyAdd(x, b2, c2);
            c3 = Vector512.FusedMultiplyAdd(x, b3, c3);
            a += aStep;
            b += bRow;
        }

        Store4(c, c0, c1, c2, c3);
    }

    [MethodImpl(Kernel.Options)]
    private static void Block4x2(float* a, nint aRow, nint aStep, float* b, nint bRow, float* start, nint startRow, float* c, nint cRow, int depth)
    {
        Load2(start, out Vector512<float> c00, out Vector512<float> c01);
        Load2(start + startRow, out Vector512<float> c10, out Vector512<float> c11);
        Load2(start + (2 * startRow), out Vector512<float> c20, out Vector512<float> c21);
        Load2(start + (3 * startRow), out Vector512<float> c30, out Vector512<float> c31);
        for (int k = 0; k < depth; k++)
        {
            Load2(b, out Vector512<float> b0, out Vector512<float> b1);
            Vector512<float> x = Vector512.Create(*a);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            x = Vector512.Create(a[aRow]);
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            x = Vector512.Create(a[2 * aRow]);
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            x = Vector512.Create(a[3 * aRow]);
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            a += aStep;
            b += bRow;
        }

        Store2(c, c00, c01);
        Store2(c + cRow, c10, c11);
        Store2(c + (2 * cRow), c20, c21);
        Store2(c + (3 * cRow), c30, c31);
    }

    [MethodImpl(Kernel.Options)]
    private static void Block1x2(float* a, nint aStep, float* b, nint bRow, float* start, float* c, int depth)
    {
        Load2(start, out Vector512<float> c0, out Vector512<float> c1);
        for (int k = 0; k < depth; k++)
        {
            Load2(b, out Vector512<float> b0, out Vector512<float> b1);
            Vector512<float> x = Vector512.Create(*a);
            c0 = Vector512.FusedMultiplyAdd(x, b0, c0);
            c1 = Vector512.FusedMultiplyAdd(x, b1, c1);
            a += aStep;
            b += bRow;
        }

        Store2(c, c0, c1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load4(float* p, out Vector512<float> v0, out Vector512<float> v1, out Vector512<float> v2, out Vector512<float> v3)
    {
        Load2(p, out v0, out v1);
        Load2(p + (2 * Width), out v2, out v3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load2(float* p, out Vector512<float> v0, out Vector512<float> v1)
    {
        v0 = Vector512.Load(p);
        v1 = Vector512.Load(p + Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store4(float* p, Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3)
    {
        Store2(p, v0, v1);
        Store2(p + (2 * Width), v2, v3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store2(float* p, Vector512<float> v0, Vector512<float> v1)
    {
        v0.Store(p);
        v1.Store(p + Width);
    }
}
