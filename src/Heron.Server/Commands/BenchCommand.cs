using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heron.Core.Environments;
using Heron.Learning.Training;
using Heron.Server.Bench;
using Spectre.Console;

namespace Heron.Server.Commands;

/// <summary>heron bench.</summary>
internal sealed class BenchCommand
{
    private const string DefaultEnvironment = "SimpleMicrogrids-v0";

    private const string Details = """
        environments  steps in one process, from one copy to 4,096
        events        agents that wake up by themselves, event-driven: as the environment schedules them,
                      and with delays and jitter everywhere
        wire          calls to a server over loopback, in this process: the smallest call there is
                      (Health/Check), then one step per call, then up to 1,024 copies per message
        learner       acting and PPO updates of a small network (actor and critic 8-64-64, 2,048 rows,
                      10 epochs), and whole training iterations with the preset 'fast'

        Each figure is the median of five rounds; 'best' is the fastest of them. Where 'best' is far above the
        median, something else was using the machine: compare figures of one run, not of two.

        Examples:
          heron bench
          heron bench --only learner --seconds 3
          heron bench --env MultiAgentArena-v0 --json | jq '.figures[] | select(.area == "wire")'
        """;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Option<string> _environment = new("--env")
    {
        Description = "Environment to step and to train on; 'heron envs' lists them.",
        HelpName = "ENV",
        DefaultValueFactory = _ => DefaultEnvironment,
    };

    private readonly EnvironmentArguments _arguments = new();

    private readonly Option<string?> _only = ChoiceOption.CreateOptional("--only", "Measure this part alone.", BenchAreas.All);

    private readonly Option<double?> _seconds = RealOption.CreateOptional(
        "--seconds", "Seconds to measure each figure for. Without it, 1.", minimum: 0.01, maximum: 3600);

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };

    private BenchCommand()
    {
    }

    /// <summary>Declares the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var bench = new BenchCommand();
        var command = new DocumentedCommand("bench", "Measures how fast environments, the wire and the learner are on this machine.", Details)
        {
            bench._environment, bench._arguments.Parameters, bench._only, bench._seconds, bench._json,
        };
        command.SetAction((result, _) => bench.RunAsync(result, context));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CommandContext context)
    {
        EnvironmentDefinition definition = EnvironmentArguments.Find(context.Registry, result.GetValue(_environment)!);
        EnvironmentFactory factory = _arguments.Configure(result, definition);
        var meter = new RateMeter(result.GetValue(_seconds) ?? 1, context.Interruption.Token);
        string? only = result.GetValue(_only);
        if (only == BenchAreas.Events && !factory.IsEventDriven)
        {
            throw new CommandFailedException($"{factory.Spec.Id} runs step by step only: it has no tree of HERON agents, so there are no events to measure. Name another with --env.", ExitCodes.WrongUsage);
        }

        List<BenchFigure> figures = [];
        await foreach (BenchFigure figure in MeasureAsync(context.Registry, factory, meter, only))
        {
            figures.Add(figure);
            if (context.Terminal.IsInteractive && !result.GetValue(_json))
            {
                context.Terminal.Console.Write($"\r\u001b[K{figures.Count} measured: {figure.Area}, {figure.Work}");
            }
        }

        if (result.GetValue(_json))
        {
            await context.Terminal.Output.WriteLineAsync(ToJson(factory, figures).ToJsonString(Indented));
            return ExitCodes.Done;
        }

        if (context.Terminal.IsInteractive)
        {
            context.Terminal.Console.Write("\r\u001b[K");
        }

        context.Terminal.Console.WriteLine($"{factory.Spec.Id}, {factory.Spec.Agents.Count} agents; {Environment.ProcessorCount} cores.");
        context.Terminal.Console.Write(ToTable(figures));
        return ExitCodes.Done;
    }

    private static async IAsyncEnumerable<BenchFigure> MeasureAsync(EnvironmentRegistry registry, EnvironmentFactory factory, RateMeter meter, string? only)
    {
        if (only is null or BenchAreas.Environments)
        {
            foreach (BenchFigure figure in new EnvironmentBench(factory, meter).Run())
            {
                yield return figure;
            }
        }

        if ((only is null or BenchAreas.Events) && factory.IsEventDriven)
        {
            foreach (BenchFigure figure in new EventBench(factory, meter).Run())
            {
                yield return figure;
            }
        }

        if (only is null or BenchAreas.Wire)
        {
            await foreach (BenchFigure figure in new WireBench(registry, factory, meter).RunAsync())
            {
                yield return figure;
            }
        }

        if (only is null or BenchAreas.Learner)
        {
            TrainingOptions options = Presets.Get(Presets.Fast, factory.Spec.Id) with { Parameters = factory.Spec.Parameters };
            foreach (BenchFigure figure in new LearnerBench(registry, options, meter).Run())
            {
                yield return figure;
            }
        }
    }

    private static Table ToTable(List<BenchFigure> figures)
    {
        Table table = PlainTable.Create("area", "work", "us per call", "per second", "best", "of");
        foreach (int column in (ReadOnlySpan<int>)[2, 3, 4])
        {
            table.Columns[column].RightAligned();
        }

        foreach (BenchFigure figure in figures)
        {
            table.AddRow(
                new Text(figure.Area),
                new Text(figure.Work),
                new Text(figure.MicrosecondsPerCall.ToString("N2", CultureInfo.InvariantCulture)),
                new Text(Rate(figure.PerSecond)),
                new Text(Rate(figure.BestPerSecond)),
                new Text(figure.Unit));
        }

        return table;
    }

    private static string Rate(double perSecond) => perSecond.ToString(perSecond < 1000 ? "N1" : "N0", CultureInfo.InvariantCulture);

    private static JsonObject ToJson(EnvironmentFactory factory, List<BenchFigure> figures) => new()
    {
        ["env_id"] = factory.Spec.Id,
        ["agents"] = factory.Spec.Agents.Count,
        ["cores"] = Environment.ProcessorCount,
        ["figures"] = new JsonArray([.. figures.Select(figure => new JsonObject
        {
            ["area"] = figure.Area,
            ["work"] = figure.Work,
            ["microseconds_per_call"] = figure.MicrosecondsPerCall,
            ["per_second"] = figure.PerSecond,
            ["best_per_second"] = figure.BestPerSecond,
            ["unit"] = figure.Unit,
        })]),
    };
}
