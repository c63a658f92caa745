namespace Heron.Learning.Models;

/// <summary>Orthogonal matrices from Gaussian ones.</summary>
/// <remarks>
/// The factor Q of the decomposition A = Q R with a positive diagonal of R is uniform over orthogonal matrices when A is
/// Gaussian (Stewart, 1980). Columns are orthogonalised one after the other (modified Gram-Schmidt, twice, which is
/// orthogonal to working precision: Giraud et al., 2005); each is divided by its length, so the diagonal is positive.
/// </remarks>
public static class OrthogonalMatrix
{
    /// <summary>Replaces a Gaussian matrix by an orthogonal one times <paramref name="gain"/>.</summary>
    /// <param name="matrix">Shape (<paramref name="rows"/>, <paramref name="columns"/>), row-major; replaced. The shorter of rows and columns become orthogonal to one another.</param>
    /// <param name="rows">Outputs of the layer.</param>
    /// <param name="columns">Inputs of the layer.</param>
    /// <param name="gain">Length of each orthogonal vector.</param>
    public static void FromGaussian(Span<double> matrix, int rows, int columns, double gain)
    {
        // Vectors are columns of a tall matrix and rows of a wide one.
        bool isTall = rows >= columns;
        int count = isTall ? columns : rows;
        int length = isTall ? rows : columns;
        int vectorStride = isTall ? 1 : columns;
        int elementStride = isTall ? columns : 1;
        for (int vector = 0; vector < count; vector++)
        {
            for (int pass = 0; pass < 2; pass++)
            {
                for (int earlier = 0; earlier < vector; earlier++)
                {
                    double overlap = Dot(matrix, vector * vectorStride, earlier * vectorStride, elementStride, length);
                    Subtract(matrix, vector * vectorStride, earlier * vectorStride, elementStride, length, overlap);
                }

                double norm = Math.Sqrt(Dot(matrix, vector * vectorStride, vector * vectorStride, elementStride, length));
                Scale(matrix, vector * vectorStride, elementStride, length, 1 / norm);
            }
        }

        for (int i = 0; i < matrix.Length; i++)
        {
            matrix[i] *= gain;
        }
    }

    private static double Dot(ReadOnlySpan<double> matrix, int a, int b, int stride, int length)
    {
        double sum = 0;
        for (int i = 0; i < length; i++)
        {
            sum += matrix[a + (i * stride)] * matrix[b + (i * stride)];
        }

        return sum;
    }

    private static void Subtract(Span<double> matrix, int target, int source, int stride, int length, double factor)
    {
        for (int i = 0; i < length; i++)
        {
            matrix[target + (i * stride)] -= factor * matrix[source + (i * stride)];
        }
    }

    private static void Scale(Span<double> matrix, int target, int stride, int length, double factor)
    {
        for (int i = 0; i < length; i++)
        {
            matrix[target + (i * stride)] *= factor;
        }
    }
}
