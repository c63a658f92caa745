namespace Heron.Server.Commands;

/// <summary>A curve drawn with Braille characters, which have two by four dots each.</summary>
internal static class BrailleChart
{
    private const int DotsAcross = 2, DotsDown = 4, Blank = 0x2800;

    // Bit of each dot, by column and row from the top.
    private static readonly int[,] Bits = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };

    /// <summary>Draws a curve.</summary>
    /// <param name="values">From left to right; those that are not finite are left out. At least one finite number.</param>
    /// <param name="width">Characters across.</param>
    /// <param name="height">Lines.</param>
    /// <returns>The lines from the top, labelled with the highest and lowest number at their left.</returns>
    public static IReadOnlyList<string> Draw(IReadOnlyList<double> values, int width, int height)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double low = finite.Min(), high = finite.Max();
        string top = NumberText.Of(high), bottom = NumberText.Of(low);
        int margin = Math.Max(top.Length, bottom.Length);
        int[,] cells = Plot(finite, low, high, Math.Max(1, width - margin - 2), height);
        return [.. Enumerable.Range(0, height).Select(row => $"{(row == 0 ? top : row == height - 1 ? bottom : "").PadLeft(margin)} ┤{Line(cells, row)}")];
    }

    private static int[,] Plot(double[] values, double low, double high, int width, int height)
    {
        int dotsAcross = width * DotsAcross, dotsDown = height * DotsDown;
        var cells = new int[height, width];
        int previous = -1;
        for (int x = 0; x < dotsAcross; x++)
        {
            double value = values.Length == 1 ? values[0] : Interpolate(values, (double)x / (dotsAcross - 1) * (values.Length - 1));
            int y = high > low ? (int)Math.Round((high - value) / (high - low) * (dotsDown - 1)) : dotsDown / 2;

            // Steep pieces are filled, so that the curve hangs together.
            int from = previous < 0 ? y : previous + Math.Sign(y - previous), step = Math.Sign(y - from);
            for (int dot = from; ; dot += step)
            {
                cells[dot / DotsDown, x / DotsAcross] |= Bits[x % DotsAcross, dot % DotsDown];
                if (dot == y)
                {
                    break;
                }
            }

            previous = y;
        }

        return cells;
    }

    private static double Interpolate(double[] values, double position)
    {
        int left = Math.Min((int)position, values.Length - 2);
        return values[left] + ((position - left) * (values[left + 1] - values[left]));
    }

    private static string Line(int[,] cells, int row) =>
        string.Concat(Enumerable.Range(0, cells.GetLength(1)).Select(column => (char)(Blank + cells[row, column])));
}
