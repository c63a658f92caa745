using System.Globalization;

namespace Heron.Learning.Reporting;

/// <summary>A table with one row per training iteration, readable while it grows.</summary>
/// <remarks>
/// Comma separated, a header, numbers so that they read back exactly; a cell is empty where there is no number yet, for
/// example the mean return before the first episode has ended. The first column is the iteration.
/// </remarks>
public sealed class MetricsCsv : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly int _columnCount;

    private MetricsCsv(string path, int columnCount)
    {
        _writer = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read));
        _columnCount = columnCount;
    }

    /// <summary>Starts a table, in place of any other one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Their names; the first is the iteration.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static MetricsCsv Create(string path, IReadOnlyList<string> columns)
    {
        File.WriteAllText(path, string.Join(',', columns) + "\n");
        return new MetricsCsv(path, columns.Count);
    }

    /// <summary>Goes on with a table after the run was resumed from a checkpoint: rows of later iterations, and one that was torn, are dropped.</summary>
    /// <param name="path">The file; it is started when it is missing.</param>
    /// <param name="columns">Names as the file has them.</param>
    /// <param name="lastIteration">Iteration of the checkpoint.</param>
    /// <exception cref="InvalidDataException">The file has other columns; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static MetricsCsv Continue(string path, IReadOnlyList<string> columns, int lastIteration)
    {
        if (!File.Exists(path))
        {
            return Create(path, columns);
        }

        string header = string.Join(',', columns);
        string[] lines = File.ReadAllText(path).Split('\n');
        if (lines[0].TrimEnd('\r') != header)
        {
            throw new InvalidDataException($"{path} has the columns '{lines[0]}'; this version writes '{header}'. Start a new run, or move the file away.");
        }

        // What stands after the last line break is a row that was being written when the program died, or nothing.
        IEnumerable<string> kept = lines[1..^1].Where(line => IterationOf(line) <= lastIteration);
        string partial = path + ".partial";
        File.WriteAllLines(partial, [header, .. kept]);
        File.Move(partial, path, overwrite: true);
        return new MetricsCsv(path, columns.Count);
    }

    /// <summary>Adds a row.</summary>
    /// <param name="values">One per column; not-a-number leaves the cell empty.</param>
    /// <exception cref="ArgumentException">Their number differs from that of the columns.</exception>
    public void Append(IReadOnlyList<double> values)
    {
        if (values.Count != _columnCount)
        {
            throw new ArgumentException($"The row has {values.Count} numbers; the table has {_columnCount} columns.", nameof(values));
        }

        _writer.Write(string.Join(',', values.Select(Format)) + "\n");
        _writer.Flush();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _writer.Dispose();

    private static string Format(double value) => double.IsNaN(value) ? "" : value.ToString(CultureInfo.InvariantCulture);

    private static int IterationOf(string line) =>
        int.TryParse(line.Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int iteration) ? iteration : int.MaxValue;
}
