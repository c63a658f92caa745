using Heron.Learning.Runs;

namespace Heron.Server.Commands;

/// <summary>Training as lines of text, for pipes, files and terminals that cannot redraw.</summary>
/// <param name="output">Where they go.</param>
internal sealed class PlainTrainingView(TextWriter output) : ITrainingView
{
    /// <inheritdoc/>
    public Task ShowAsync(TrainingRun run, Func<Task> train)
    {
        Write(TrainingBanner.Above(run));
        Write([TrainingTable.Header(TrainingTable.FullWidth)]);
        return train();
    }

    /// <inheritdoc/>
    public void Refresh()
    {
    }

    /// <inheritdoc/>
    public void Add(RunProgress progress)
    {
        var lines = new List<string> { TrainingTable.Row(progress, TrainingTable.FullWidth) };
        if (progress.SavedCheckpoint is { } checkpoint)
        {
            lines.Add($"Checkpoint saved: {TrainingBanner.Shorten(checkpoint)}");
        }

        if (progress.SavedBest is { } best)
        {
            lines.Add(FormattableString.Invariant($"Best model saved: {TrainingBanner.Shorten(best)} (reward: {progress.BestReturn:0.00})"));
        }

        Write(lines);
    }

    /// <inheritdoc/>
    public void End(TrainingEnding ending) => Write(TrainingBanner.Below(ending));

    // Whoever follows a file or a pipe sees whole lines at once.
    private void Write(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            output.WriteLine(line);
        }

        output.Flush();
    }
}
