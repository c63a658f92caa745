using System.Text.Json.Nodes;
using Heron.Learning.Runs;

namespace Heron.Server.Commands;

/// <summary>Training as JSON lines, for programs: a start, every iteration with the numbers of metrics.csv, and an end.</summary>
/// <param name="output">Where they go.</param>
internal sealed class JsonTrainingView(TextWriter output) : ITrainingView
{
    /// <inheritdoc/>
    public Task ShowAsync(TrainingRun run, Func<Task> train)
    {
        Write(new JsonObject
        {
            ["event"] = "start",
            ["run"] = run.Folder.Path,
            ["iteration"] = run.Iteration,
            ["configuration"] = JsonNode.Parse(run.Configuration.ToJson()),
        });
        return train();
    }

    /// <inheritdoc/>
    public void Refresh()
    {
    }

    /// <inheritdoc/>
    public void Add(RunProgress progress)
    {
        var line = new JsonObject { ["event"] = "iteration" };
        foreach ((string name, double value) in progress.Row)
        {
            line[name] = double.IsFinite(value) ? value : null;
        }

        line["checkpoint"] = progress.SavedCheckpoint;
        line["saved_best"] = progress.SavedBest;
        Write(line);
    }

    /// <inheritdoc/>
    public void End(TrainingEnding ending) => Write(new JsonObject
    {
        ["event"] = "end",
        ["complete"] = ending.IsComplete,
        ["run"] = ending.Run.Folder.Path,
        ["iteration"] = ending.Run.Iteration,
        ["best_return"] = double.IsFinite(ending.Run.BestReturn) ? ending.Run.BestReturn : null,
        ["checkpoint"] = ending.CheckpointPath,
        ["curve"] = ending.Run.Folder.CurvePath,
    });

    private void Write(JsonObject line)
    {
        output.WriteLine(line.ToJsonString());
        output.Flush();
    }
}
