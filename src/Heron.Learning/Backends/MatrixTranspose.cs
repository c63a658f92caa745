using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heron.Learning.Backends;

/// <summary>Transposes small matrices in memory of <see cref="AlignedBuffer"/>.</summary>
internal static unsafe class MatrixTranspose
{
    /// <summary>Writes the transpose of a matrix of <paramref name="rows"/> times <paramref name="columns"/>.</summary>
    [MethodImpl(Kernel.Options)]
    public static void Transpose(float* source, int sourceStride, float* target, int targetStride, int rows, int columns)
    {
        int blockRows = Vector512.IsHardwareAccelerated ? rows & ~3 : 0;
        int blockColumns = columns & ~3;
        for (int row = 0; row < blockRows; row += 4)
        {
            for (int column = 0; column < blockColumns; column += 4)
            {
                TransposeBlock(source + (row * sourceStride) + column, sourceStride, target + (column * targetStride) + row, targetStride);
            }
        }

        // What the blocks leave: the columns beside them and the rows below.
        for (int row = 0; row < rows; row++)
        {
            for (int column = row < blockRows ? blockColumns : 0; column < columns; column++)
            {
                target[(column * targetStride) + row] = source[(row * sourceStride) + column];
            }
        }
    }

    // Four rows of four numbers fill one vector of 16, which one permutation transposes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlock(float* source, int sourceStride, float* target, int targetStride)
    {
        Vector256<float> upper = Vector256.Create(Vector128.Load(source), Vector128.Load(source + sourceStride));
        Vector256<float> lower = Vector256.Create(Vector128.Load(source + (2 * sourceStride)), Vector128.Load(source + (3 * sourceStride)));
        Vector512<float> block = Vector512.Shuffle(
            Vector512.Create(upper, lower),
            Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
        block.GetLower().GetLower().Store(target);
        block.GetLower().GetUpper().Store(target + targetStride);
        block.GetUpper().GetLower().Store(target + (2 * targetStride));
        block.GetUpper().GetUpper().Store(target + (3 * targetStride));
    }
}
