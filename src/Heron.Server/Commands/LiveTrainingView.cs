using System.Globalization;
using Heron.Learning.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Heron.Server.Commands;

/// <summary>Training in a terminal: the table scrolls, and below it stand the progress and the curve as it grows.</summary>
/// <param name="console">The terminal.</param>
/// <param name="clock">Tells how fast rows may scroll.</param>
internal sealed class LiveTrainingView(IAnsiConsole console, TimeProvider clock) : ITrainingView
{
    private const int ChartHeight = 8, ChartWidth = 100, LeastHeightForChart = 20, BarWidth = 30;

    // Iterations may take milliseconds; nobody reads more rows than this.
    private static readonly TimeSpan RowPause = TimeSpan.FromMilliseconds(200);

    private static readonly Style Bold = new(decoration: Decoration.Bold), Dim = new(decoration: Decoration.Dim);

    private readonly List<double> _returns = [];
    private LiveDisplayContext? _live;
    private TrainingRun? _run;
    private RunProgress? _last;
    private (int Iteration, long Steps, long Timestamp) _start;
    private long _rowShownAt;

    private int TableWidth => console.Profile.Width - 1;

    /// <inheritdoc/>
    public async Task ShowAsync(TrainingRun run, Func<Task> train)
    {
        _run = run;
        RunMetrics earlier = RunMetrics.Read(run.Folder.MetricsPath);
        _returns.AddRange(earlier["mean_return"]);
        _start = (run.Iteration, earlier.Count == 0 ? 0 : (long)earlier["environment_steps"][^1], clock.GetTimestamp());
        foreach (string line in TrainingBanner.Above(run))
        {
            console.WriteLine(line);
        }

        console.Write(new Text(TrainingTable.Header(TableWidth) + "\n", Bold));
        await console.Live(new Rows(Draw())).Overflow(VerticalOverflow.Crop).StartAsync(live =>
        {
            _live = live;
            return train();
        });
    }

    /// <inheritdoc/>
    public void Refresh() => _live?.UpdateTarget(new Rows(Draw()));

    /// <inheritdoc/>
    public void Add(RunProgress progress)
    {
        _last = progress;
        _returns.Add(progress.Iteration.EpisodeReturn?.Mean ?? double.NaN);
        bool isLast = progress.Iteration.Iteration == _run!.Configuration.Training.Iterations;
        if (isLast || _rowShownAt == 0 || clock.GetElapsedTime(_rowShownAt) >= RowPause)
        {
            _rowShownAt = clock.GetTimestamp();
            WriteAbove(TrainingTable.Row(progress, TableWidth));
        }

        if (progress.SavedCheckpoint is { } checkpoint)
        {
            WriteAbove($"Checkpoint saved: {TrainingBanner.Shorten(checkpoint)}", Dim);
        }

        Refresh();
    }

    /// <inheritdoc/>
    public void End(TrainingEnding ending)
    {
        console.WriteLine();
        foreach (string line in TrainingBanner.Below(ending))
        {
            console.WriteLine(line);
        }
    }

    // Spaces to the edge, because the line takes the place of one that stood there.
    private void WriteAbove(string line, Style? style = null) => console.Write(new Text(line.PadRight(TableWidth) + "\n", style));

    private IEnumerable<IRenderable> Draw()
    {
        // Never less than two lines: a terminal that is asked to go up by none goes up by one.
        yield return Progress();
        yield return new Text(double.IsNaN(_run!.BestReturn) ? "no episode has ended yet" : $"mean return, best {NumberText.Of(_run.BestReturn)}", Dim);
        if (console.Profile.Height < LeastHeightForChart || !_returns.Exists(double.IsFinite))
        {
            yield break;
        }

        foreach (string line in BrailleChart.Draw(_returns, Math.Min(ChartWidth, TableWidth), ChartHeight))
        {
            yield return new Text(line, new Style(Color.Green));
        }
    }

    private Paragraph Progress()
    {
        int total = _run!.Configuration.Training.Iterations, done = _last?.Iteration.Iteration ?? _start.Iteration;
        int filled = (int)((long)BarWidth * Math.Min(done, total) / total);
        double seconds = clock.GetElapsedTime(_start.Timestamp).TotalSeconds;
        var line = new Paragraph();
        line.Append($"{done}/{total} ", Bold);
        line.Append(new string('━', filled), new Style(Color.Green));
        line.Append(new string('━', BarWidth - filled), Dim);
        if (_last is not null)
        {
            double rate = (_last.Iteration.EnvironmentSteps - _start.Steps) / Math.Max(seconds, 1e-3);
            line.Append($"  {Count(_last.Iteration.EnvironmentSteps)} steps  {Count(rate)}/s");
        }

        line.Append($"  {Clock(seconds)}");
        if (done > _start.Iteration && done < total)
        {
            line.Append($", {Clock(seconds / (done - _start.Iteration) * (total - done))} left", Dim);
        }

        return line;
    }

    private static string Count(double number) => number switch
    {
        >= 1e6 => (number / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + "M",
        >= 1e4 => (number / 1e3).ToString("0", CultureInfo.InvariantCulture) + "k",
        _ => number.ToString("0", CultureInfo.InvariantCulture),
    };

    private static string Clock(double seconds)
    {
        var time = TimeSpan.FromSeconds(Math.Round(seconds));
        return time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time:mm\\:ss}" : $"{time:m\\:ss}";
    }
}
