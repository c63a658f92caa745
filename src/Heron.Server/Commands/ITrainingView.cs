using Heron.Learning.Runs;

namespace Heron.Server.Commands;

/// <summary>Shows a training run while it goes on.</summary>
internal interface ITrainingView
{
    /// <summary>Called once, before anything else: shows what is about to be trained, and runs it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="train">Trains; calls <see cref="Refresh"/> and <see cref="Add"/>.</param>
    Task ShowAsync(TrainingRun run, Func<Task> train);

    /// <summary>Called several times a second while an iteration is computed.</summary>
    void Refresh();

    /// <summary>An iteration was done.</summary>
    void Add(RunProgress progress);

    /// <summary>The run is over.</summary>
    /// <param name="ending">How it ended.</param>
    void End(TrainingEnding ending);
}
