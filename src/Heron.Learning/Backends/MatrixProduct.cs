using System.Runtime.Intrinsics;

namespace Heron.Learning.Backends;

/// <summary>
/// Products of small matrices, C = start + A B. The columns of B and C lie along the vectors; an element of A is spread
/// over one. Every element of C is one chain of fused multiply-adds in the order of the inner index, whatever the vector
/// width and however many rows there are: results do not depend on batching.
/// </summary>
internal static unsafe class MatrixProduct
{
    /// <summary>Computes C = start + A B.</summary>
    /// <param name="a">Element (i, k) of A is at i * <paramref name="aRow"/> + k * <paramref name="aStep"/>.</param>
    /// <param name="aRow">Floats from one row of A to the next.</param>
    /// <param name="aStep">Floats from one column of A to the next.</param>
    /// <param name="b">Rows of B, each padded to a multiple of 16.</param>
    /// <param name="bRow">Floats from one row of B to the next.</param>
    /// <param name="start">What the sum starts from, for example a bias or C itself.</param>
    /// <param name="startRow">Floats from one row of the start to the next; 0 gives every row the same.</param>
    /// <param name="c">Receives the result.</param>
    /// <param name="cRow">Floats from one row of C to the next.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="columns">Columns of B and C, a multiple of 16.</param>
    public static void Multiply(
        float* a, nint aRow, nint aStep, float* b, nint bRow, float* start, nint startRow, float* c, nint cRow, int rows, int depth, int columns)
    {
        int column = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; column + 64 <= columns; column += 64)
            {
                MatrixKernel512.Multiply64(a, aRow, aStep, b + column, bRow, start + column, startRow, c + column, cRow, rows, depth);
            }

            for (; column + 32 <= columns; column += 32)
            {
                MatrixKernel512.Multiply32(a, aRow, aStep, b + column, bRow, start + column, startRow, c + column, cRow, rows, depth);
            }
        }

        for (; column < columns; column += 16)
        {
            MatrixKernel256.Multiply16(a, aRow, aStep, b + column, bRow, start + column, startRow, c + column, cRow, rows, depth);
        }
    }
}
