namespace Heron.Learning.Backends;

/// <summary>Transposes small matrices.</summary>
internal static unsafe class MatrixTranspose
{
    /// <summary>Writes the transpose of a matrix of <paramref name="rows"/> times <paramref name="columns"/>.</summary>
    public static void Transpose(float* source, int sourceStride, float* target, int targetStride, int rows, int columns)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                target[(column * targetStride) + row] = source[(row * sourceStride) + column];
            }
        }
    }
}
