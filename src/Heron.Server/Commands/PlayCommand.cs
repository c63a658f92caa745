using System.CommandLine;
using Spectre.Console;

namespace Heron.Server.Commands;

/// <summary>heron play.</summary>
internal sealed class PlayCommand
{
    private const string Details = """
        Each step shows the environment's own drawing, where it has one, and a table:
        what each agent observes now, the action it took, its reward, and whether it
        is to act next, waiting, terminated, truncated or absent. The end shows the
        returns. In a terminal the picture is redrawn in place; into a pipe or a file
        go plain lines. The same seed and parameters play the same episode again.

        Examples:
          heron play MultiAgentArena-v0
          heron play MultiAgentArena-v0 -p width=5 -p height=4 --seed 1 --delay-ms 500
          heron play SimpleMicrogrids-v0 --episodes 10 --delay-ms 0
          heron play SimpleMicrogrids-v0 --steps 3 > steps.txt
          heron play --checkpoint runs/five                 what a run has learned

        Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted by Ctrl-C.
        """;

    private const int StepsWithoutLimit = 200;
    private const int WatchableDelayMilliseconds = 150;

    private readonly Argument<string?> _id = new("ENV")
    {
        Description = "Environment to play with random actions; 'heron envs' lists them. With --checkpoint, the one it was trained on.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly CheckpointArguments _checkpoint = new(required: false);

    private readonly EnvironmentArguments _arguments = new();

    private readonly Option<long?> _seed =
        NumberOption.CreateOptional("--seed", "Seed of the first episode; the later ones follow from it. Without it, a random one.", 0, uint.MaxValue);

    private readonly Option<int> _episodes = NumberOption.Create("--episodes", "Episodes to play.", minimum: 1, value: 1);

    private readonly Option<long?> _steps = NumberOption.CreateOptional(
        "--steps", $"Most steps of an episode. Without it, an episode runs to its end, or {StepsWithoutLimit} steps where nothing ends it.", 1);

    private readonly Option<long?> _delay = NumberOption.CreateOptional(
        "--delay-ms", $"Milliseconds between two steps. Without it, {WatchableDelayMilliseconds} in a terminal and 0 otherwise.", 0, 60_000);

    private readonly Option<int> _maxRows =
        NumberOption.Create("--max-rows", "Most agents in a table and most lines of a drawing; in a terminal no more than fit.", minimum: 2, value: 40);

    private PlayCommand()
    {
    }

    /// <summary>Declares the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var play = new PlayCommand();
        var command = new DocumentedCommand("play", "Plays an environment with random actions or trained policies and shows every step.", Details)
        {
            play._id, play._checkpoint.Checkpoint, play._checkpoint.Sampled, play._arguments.Parameters, play._seed, play._episodes, play._steps, play._delay, play._maxRows,
        };
        command.SetAction((result, _) => play.RunAsync(result, context));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CommandContext context)
    {
        using EpisodePlayer player = CreatePlayer(result, context);
        IAnsiConsole console = context.Terminal.Console;
        int maxRows = result.GetValue(_maxRows);
        var returns = new ReturnTable(player);
        var run = new PlayRun(player, returns)
        {
            Seed = (uint?)result.GetValue(_seed),
            Episodes = result.GetValue(_episodes),
            MaxSteps = result.GetValue(_steps) ?? (player.Environment.Spec.MaxEpisodeSteps is null ? StepsWithoutLimit : long.MaxValue),
            Delay = TimeSpan.FromMilliseconds(result.GetValue(_delay) ?? (context.Terminal.IsInteractive ? WatchableDelayMilliseconds : 0)),
        };

        bool finished = await ShowAsync(run, context, maxRows);
        console.Write(returns.Draw(context.Terminal.IsInteractive ? Math.Min(maxRows, Math.Max(2, console.Profile.Height - 5)) : maxRows));
        return finished ? ExitCodes.Done : context.Interruption.ExitCode;
    }

    private EpisodePlayer CreatePlayer(ParseResult result, CommandContext context)
    {
        string? id = result.GetValue(_id);
        if (_checkpoint.Load(result, _arguments, context.Registry) is { } trained)
        {
            return id is null || id == trained.Configuration.Training.EnvironmentId
                ? new EpisodePlayer(trained.Environment, new PolicyPlay(trained.Policies, _checkpoint.IsGreedy(result)))
                : throw new CommandFailedException($"The checkpoint was trained on {trained.Configuration.Training.EnvironmentId}, not on {id}; leave the environment out.", ExitCodes.WrongUsage);
        }

        return id is null
            ? throw new CommandFailedException("heron play takes an environment or --checkpoint DIR. 'heron envs' lists environments, 'heron runs' lists runs.", ExitCodes.WrongUsage)
            : new EpisodePlayer(_arguments.Configure(result, EnvironmentArguments.Find(context.Registry, id)), new RandomPlay());
    }

    private static async Task<bool> ShowAsync(PlayRun run, CommandContext context, int maxRows)
    {
        IAnsiConsole console = context.Terminal.Console;
        PlayFrame Frame() => new(run.Player, console.Profile.Width, context.Terminal.IsInteractive ? console.Profile.Height : int.MaxValue, maxRows);
        if (!context.Terminal.IsInteractive || !console.Profile.Capabilities.Ansi)
        {
            return await run.RunAsync(
                () =>
                {
                    console.Write(Frame().Draw());
                    console.WriteLine();
                },
                context.Interruption.Token);
        }

        bool finished = await console.Live(new Text("")).Overflow(VerticalOverflow.Crop).StartAsync(
            live => run.RunAsync(() => live.UpdateTarget(Frame().Draw()), context.Interruption.Token));
        console.WriteLine();
        return finished;
    }
}
