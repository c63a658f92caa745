using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heron.Learning.Checkpoints;
using Heron.Learning.Runs;
using Spectre.Console;

namespace Heron.Server.Commands;

/// <summary>heron runs.</summary>
internal sealed class RunsCommand
{
    private const string Details = """
        Lists the runs in a folder, the newest last, also those that are being trained.
        Runs that are named one by one are compared: a second table has the options in
        which they differ.
        'first', 'last' and 'best' are mean returns of an iteration, summed over agents.

        Examples:
          heron runs
          heron runs runs/five runs/three
          heron runs --curve curves.svg          their learning curves in one picture
          heron runs --json | jq '.runs[].best_return'
        """;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Argument<string[]> _folders = new("DIR")
    {
        Description = $"Runs, or folders with runs. Without any, ./{TrainCommand.DefaultRunsFolder}.",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [TrainCommand.DefaultRunsFolder],
    };

    private readonly Option<string?> _curve = new("--curve") { Description = "Draw the learning curves into this SVG file.", HelpName = "FILE" };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };

    private RunsCommand()
    {
    }

    /// <summary>Declares the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var runs = new RunsCommand();
        var command = new DocumentedCommand("runs", "Lists and compares training runs.", Details) { runs._folders, runs._curve, runs._json };
        command.SetAction(result => runs.Run(result, context));
        return command;
    }

    private int Run(ParseResult result, CommandContext context)
    {
        string[] folders = result.GetValue(_folders)!;
        bool named = result.GetResult(_folders) is { Implicit: false };
        List<RunSummary> runs = [.. folders.SelectMany(folder => Find(folder, named, context.Terminal)).OrderBy(run => run.Configuration.StartedAt)];
        if (result.GetValue(_json))
        {
            var document = new JsonObject { ["runs"] = new JsonArray([.. runs.Select(ToJson)]) };
            context.Terminal.Output.WriteLine(document.ToJsonString(Indented));
        }
        else if (runs.Count == 0)
        {
            context.Terminal.Output.WriteLine($"No runs in {string.Join(", ", folders)}. 'heron train' makes one.");
        }
        else
        {
            WriteTables(runs, context.Terminal.Console, compare: folders.Length > 1 && runs.Count > 1);
        }

        WriteCurve(result.GetValue(_curve), runs);
        return ExitCodes.Done;
    }

    private static IEnumerable<RunSummary> Find(string folder, bool named, Terminal terminal)
    {
        if (!Directory.Exists(folder))
        {
            return named
                ? throw new CommandFailedException($"DIR is '{folder}', and there is no such folder; it takes a run, or a folder with runs.", ExitCodes.WrongUsage)
                : [];
        }

        if (RunFolder.TryOpen(folder) is { } run)
        {
            return [RunSummary.Read(run)];
        }

        return [.. Directory.EnumerateDirectories(folder).Select(RunFolder.TryOpen).OfType<RunFolder>().Select(inside => ReadOrReport(inside, terminal)).OfType<RunSummary>()];
    }

    // One damaged run does not hide the others.
    private static RunSummary? ReadOrReport(RunFolder folder, Terminal terminal)
    {
        try
        {
            return RunSummary.Read(folder);
        }
        catch (CheckpointException exception)
        {
            terminal.Error.WriteLine($"heron: {exception.Message}");
            return null;
        }
    }

    private static void WriteTables(List<RunSummary> runs, IAnsiConsole console, bool compare)
    {
        Table table = PlainTable.Create("run", "environment", "preset", "seed", "iterations", "steps", "time", "first", "last", "best");
        foreach (TableColumn column in table.Columns.Skip(3))
        {
            column.RightAligned();
        }

        foreach (RunSummary run in runs)
        {
            string[] cells =
            [
                run.Folder.Name, run.Configuration.Training.EnvironmentId, run.Configuration.Preset, Text(run.Configuration.Training.Seed),
                $"{run.Iterations}/{run.Configuration.Training.Iterations}", Text(run.EnvironmentSteps), string.Create(CultureInfo.InvariantCulture, $"{run.ElapsedSeconds:0.0}s"),
                Return(run.FirstReturn), Return(run.LastReturn), Return(run.BestReturn),
            ];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        console.Write(table);
        if (compare)
        {
            WriteDifferences(runs, console);
        }
    }

    private static void WriteDifferences(List<RunSummary> runs, IAnsiConsole console)
    {
        console.WriteLine();
        IReadOnlyList<(string Option, IReadOnlyList<string> Values)> differences = RunDifferences.Between(runs);
        if (differences.Count == 0)
        {
            console.WriteLine("They have equal options.");
            return;
        }

        Table table = PlainTable.Create(["differing option", .. runs.Select(run => run.Folder.Name)]);
        foreach ((string option, IReadOnlyList<string> values) in differences)
        {
            table.AddRow([new Text(option), .. values.Select(value => new Text(value))]);
        }

        console.Write(table);
    }

    private static void WriteCurve(string? file, List<RunSummary> runs)
    {
        if (file is null)
        {
            return;
        }

        string[] environments = [.. runs.Select(run => run.Configuration.Training.EnvironmentId).Distinct()];
        try
        {
            File.WriteAllText(file, LearningCurve.Draw(string.Join(", ", environments), [.. runs.Select(run => LearningCurve.Of(run.Folder.Name, run.Metrics))]));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"Cannot write --curve: {exception.Message}");
        }
    }

    private static JsonObject ToJson(RunSummary run) => new()
    {
        ["name"] = run.Folder.Name,
        ["path"] = run.Folder.Path,
        ["iterations"] = run.Iterations,
        ["environment_steps"] = run.EnvironmentSteps,
        ["elapsed_seconds"] = run.ElapsedSeconds,
        ["first_return"] = Number(run.FirstReturn),
        ["last_return"] = Number(run.LastReturn),
        ["best_return"] = Number(run.BestReturn),
        ["checkpoints"] = new JsonArray([.. run.Folder.CheckpointPaths.Select(path => JsonValue.Create(path))]),
        ["configuration"] = JsonNode.Parse(run.Configuration.ToJson()),
    };

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static string Return(double value) => double.IsNaN(value) ? "-" : value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
