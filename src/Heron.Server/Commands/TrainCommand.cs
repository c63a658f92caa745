using System.CommandLine;
using Heron.Learning.Rollouts;
using Heron.Learning.Runs;

namespace Heron.Server.Commands;

/// <summary>heron train.</summary>
internal sealed class TrainCommand
{
    /// <summary>Where runs are kept unless somebody says otherwise.</summary>
    public const string DefaultRunsFolder = "runs";

    private const string Details = """
        Everything about a run is in its folder, RUNS/NAME:
          config.json              all options as they were resolved, seed, versions
          metrics.csv              a row per iteration
          events.out.tfevents...   the same for TensorBoard: tensorboard --logdir runs
          checkpoint_000050/ ...   checkpoint.npz: weights by RLlib's names, opens with numpy.load;
                                   checkpoint_000000 holds the untrained policies
          best_checkpoint/         the one with the highest mean return
          curve.svg                the learning curve

        The table shows the mean return of the episodes that ended in an iteration,
        summed over all agents (Reward; Cost is its negative), their length, losses,
        and the entropy of the policy. In a terminal the curve grows below it; a pipe
        or a file gets plain lines.

        Ctrl-C saves a checkpoint. --resume continues as if the run had not been stopped,
        also after a crash. The same seed and options give the same result.

        Examples:
          heron train                                       microgrids, our best settings
          heron train --env MultiAgentArena-v0 --independent-policies --seed 1
          heron train --preset tutorial4 --normalize-actions clip
          heron train -p num_microgrids=5 --iterations 50 --experiment-name five
          heron train --resume runs/five --iterations 100
          heron train --json | jq .mean_return

        Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted (run saved).
        """;

    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(100);

    private readonly TrainingArguments _arguments = new();

    private readonly Option<string> _checkpointDir = new("--checkpoint-dir")
    {
        Description = "Folder that runs are kept in.",
        HelpName = "RUNS",
        DefaultValueFactory = _ => DefaultRunsFolder,
    };

    private readonly Option<string?> _experimentName = new("--experiment-name")
    {
        Description = "Name of the run and of its folder. Without it, made from algorithm, environment and time.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _resume = new("--resume")
    {
        Description = "Continue a run from its last checkpoint, or from the checkpoint in it that is named; later ones are dropped then. Only --iterations, --num-workers and --checkpoint-freq may change.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON lines: a start, every iteration, an end." };

    private TrainCommand()
    {
    }

    /// <summary>Declares the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var train = new TrainCommand();
        var command = new DocumentedCommand("train", "Trains policies on an environment with PPO.", Details);
        foreach (Option option in train._arguments.Options.Concat([train._checkpointDir, train._experimentName, train._resume, train._json]))
        {
            command.Options.Add(option);
        }

        command.SetAction((result, _) => train.RunAsync(result, context));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CommandContext context)
    {
        using TrainingRun run = result.GetValue(_resume) is { } path ? Resume(path, result, context) : Start(result, context);
        ITrainingView view = ViewFor(result, context);
        string? checkpoint = null;
        await view.ShowAsync(run, async () => checkpoint = await TrainAsync(run, view, context.Interruption.Token));
        view.End(new TrainingEnding(run, run.IsDone, checkpoint!));
        return run.IsDone ? ExitCodes.Done : ExitCodes.Interrupted;
    }

    // Returns the folder of the last checkpoint.
    private static async Task<string> TrainAsync(TrainingRun run, ITrainingView view, CancellationToken stop)
    {
        string? saved = null;
        while (!run.IsDone && !stop.IsCancellationRequested)
        {
            Task<RunProgress> iteration = Task.Run(run.RunIteration, CancellationToken.None);
            while (await Task.WhenAny(iteration, Task.Delay(RefreshInterval, CancellationToken.None)) != iteration)
            {
                view.Refresh();
            }

            RunProgress progress = await ResultOf(iteration, run);
            saved = progress.SavedCheckpoint;
            view.Add(progress);
        }

        run.SaveBest();
        return saved ?? run.Save();
    }

    private static async Task<RunProgress> ResultOf(Task<RunProgress> iteration, TrainingRun run)
    {
        try
        {
            return await iteration;
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            string kept = run.Folder.CheckpointPaths is [.., { } last] ? $"The last checkpoint is {TrainingBanner.Shorten(last)}." : "There is no checkpoint yet.";
            throw new CommandFailedException($"Iteration {run.Iteration + 1} failed: {exception.Message} {kept}");
        }
    }

    private TrainingRun Start(ParseResult result, CommandContext context)
    {
        DateTimeOffset now = TimeProvider.System.GetLocalNow();
        RunConfiguration configuration = _arguments.Configure(result, context.Registry, now);
        string folder = result.GetValue(_checkpointDir)!;
        string path = result.GetValue(_experimentName) is { } name ? Path.Combine(folder, Checked(name)) : FreePath(folder, NameOf(configuration, now));
        try
        {
            return TrainingRun.Start(path, configuration, context.Registry, TimeProvider.System);
        }
        catch (ArgumentException exception)
        {
            throw new CommandFailedException(exception.Message, ExitCodes.WrongUsage);
        }
    }

    private TrainingRun Resume(string path, ParseResult result, CommandContext context)
    {
        foreach (Option option in new Option[] { _checkpointDir, _experimentName })
        {
            if (result.GetResult(option) is { Implicit: false })
            {
                throw new CommandFailedException($"{option.Name} is for new runs; --resume '{path}' continues the run where it is.", ExitCodes.WrongUsage);
            }
        }

        CheckpointArguments.RequireFolder(_resume, path);
        TrainingRun run = TrainingRun.Resume(path, earlier => _arguments.Change(result, earlier), context.Registry, TimeProvider.System);
        if (run.IsDone)
        {
            int done = run.Iteration;
            run.Dispose();
            throw new CommandFailedException($"The run '{path}' has done all of its {done} iterations; --iterations takes more than that to continue it.", ExitCodes.WrongUsage);
        }

        return run;
    }

    private ITrainingView ViewFor(ParseResult result, CommandContext context)
    {
        if (result.GetValue(_json))
        {
            return new JsonTrainingView(context.Terminal.Output);
        }

        return context.Terminal.IsInteractive && context.Terminal.Console.Profile.Capabilities.Ansi
            ? new LiveTrainingView(context.Terminal.Console, TimeProvider.System)
            : new PlainTrainingView(context.Terminal.Output);
    }

    private static string NameOf(RunConfiguration configuration, DateTimeOffset now)
    {
        string algorithm = configuration.Training.PolicyMapping == PolicyMappingMode.Independent ? "ippo" : "mappo";
        return FormattableString.Invariant($"{algorithm}_{configuration.Training.EnvironmentId}_{now:yyyyMMdd_HHmmss}");
    }

    private static string FreePath(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        for (int number = 2; Path.Exists(path); number++)
        {
            path = Path.Combine(folder, FormattableString.Invariant($"{name}_{number}"));
        }

        return path;
    }

    private static string Checked(string name) => name.Length > 0 && name is not ("." or "..") && name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0
        ? name
        : throw new CommandFailedException($"--experiment-name is '{name}'; it takes the name of a folder, without a path. --checkpoint-dir says where it goes.", ExitCodes.WrongUsage);
}
