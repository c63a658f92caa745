using System.CommandLine;
using Heron.Core.Environments;
using Heron.Core.Randomness;

namespace Heron.Server.Commands;

/// <summary>heron play.</summary>
internal sealed class PlayCommand
{
    private const string Description = """
        Plays episodes of an environment in the terminal with random actions and shows every step: a picture where
        the environment draws one, else a table of actions, rewards and observations.

        Examples:
          heron play MultiAgentArena-v0
          heron play SimpleMicrogrids-v0 --seed 7 --steps 24
          heron play MultiAgentArena-v0 --param width=6 --episodes 3 --delay-ms 0
        """;

    private const int StepsWithoutLimit = 200;
    private const int WatchableDelayMilliseconds = 100;

    private readonly EnvironmentArguments _environment = new(isOptional: false);
    private readonly Option<uint?> _seed = new("--seed") { Description = "Seed of the first episode and its actions: the same seed plays the same. A random one by default.", HelpName = "N" };
    private readonly Option<int> _episodes = new("--episodes") { Description = "Episodes to play.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<int?> _steps = new("--steps") { Description = $"Most steps of an episode. By default until it is over, or {StepsWithoutLimit} where nothing ends it.", HelpName = "N" };
    private readonly Option<int?> _delay = new("--delay-ms") { Description = $"Pause between steps in milliseconds; {WatchableDelayMilliseconds} in a terminal, else 0.", HelpName = "MS" };

    private PlayCommand()
    {
    }

    /// <summary>Declares the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var play = new PlayCommand();
        var command = new Command("play", Description);
        play._environment.AddTo(command);
        foreach (Option option in new Option[] { play._seed, play._episodes, play._steps, play._delay })
        {
            command.Options.Add(option);
        }

        command.SetAction((result, _) => play.RunAsync(result, context));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CommandContext context)
    {
        EnvironmentDefinition definition = _environment.Definition(result, context.Registry);
        EnvironmentFactory factory = _environment.Configure(result, definition);
        int delay = AtLeast(0, _delay.Name, result.GetValue(_delay) ?? (context.Terminal.IsInteractive ? WatchableDelayMilliseconds : 0));
        int steps = AtLeast(1, _steps.Name, result.GetValue(_steps) ?? (factory.Spec.MaxEpisodeSteps is null ? StepsWithoutLimit : int.MaxValue));
        int episodes = AtLeast(1, _episodes.Name, result.GetValue(_episodes));
        using var environment = new VectorEnvironment(factory, count: 1);
        var view = new EpisodeView(context.Terminal, environment);
        for (int episode = 0; episode < episodes; episode++)
        {
            environment.Reset(episode == 0 ? result.GetValue(_seed) : null);
            await PlayAsync(environment, view, steps, delay, context.Interruption.Token);
        }

        return ExitCodes.Done;
    }

    private static async Task PlayAsync(VectorEnvironment environment, EpisodeView view, int steps, int delayMilliseconds, CancellationToken interruption)
    {
        var random = RandomStream.ForEpisode(environment.EpisodeSeeds.All[0], RandomStream.Key("play", "actions"));
        view.WriteReset();
        for (int step = 0; step < steps && !environment.IsEpisodeOver(0); step++)
        {
            interruption.ThrowIfCancellationRequested();
            RandomActions.Write(environment, ref random);
            environment.Step();
            view.WriteStep();
            await Task.Delay(delayMilliseconds, interruption);
        }

        view.WriteEnd();
    }

    private static int AtLeast(int minimum, string option, int value) => value >= minimum
        ? value
        : throw new CommandFailedException($"{option} is {value}; it takes {minimum} or more.", ExitCodes.WrongUsage);
}
