using System.Globalization;

namespace Heron.Learning.Runs;

/// <summary>The numbers in a run's <c>metrics.csv</c>.</summary>
public sealed class RunMetrics
{
    private readonly Dictionary<string, double[]> _columns;

    private RunMetrics(Dictionary<string, double[]> columns, int count)
    {
        _columns = columns;
        Count = count;
    }

    /// <summary>Iterations.</summary>
    public int Count { get; }

    /// <summary>A column, shape (<see cref="Count"/>); not-a-number where the cell is empty, everywhere when there is no such column.</summary>
    /// <param name="column">Its heading, for example <c>mean_return</c>.</param>
    public IReadOnlyList<double> this[string column] => _columns.TryGetValue(column, out double[]? values) ? values : [.. Enumerable.Repeat(double.NaN, Count)];

    /// <summary>Reads a table, also one that is being written.</summary>
    /// <param name="path">The file; a missing one has no rows.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RunMetrics Read(string path)
    {
        if (!File.Exists(path))
        {
            return new RunMetrics([], 0);
        }

        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        string[] lines = reader.ReadToEnd().Split('\n');
        string[] names = lines[0].Split(',');

        // The last piece is empty, or a row that is not finished.
        double[][] rows = [.. lines.Skip(1).SkipLast(1).Select(line => Array.ConvertAll(line.Split(','), Number)).Where(row => row.Length == names.Length)];
        var columns = new Dictionary<string, double[]>(StringComparer.Ordinal);
        for (int column = 0; column < names.Length; column++)
        {
            columns[names[column]] = Array.ConvertAll(rows, row => row[column]);
        }

        return new RunMetrics(columns, rows.Length);
    }

    private static double Number(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
}
