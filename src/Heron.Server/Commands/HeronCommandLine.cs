using System.CommandLine;
using System.CommandLine.Help;
using Heron.Learning.Checkpoints;

namespace Heron.Server.Commands;

/// <summary>The verbs of the program.</summary>
internal static class HeronCommandLine
{
    private const string Description = "HeronServer: environments with many agents, stepped over gRPC.";

    private const string Details = """
        Examples:
          heron                                   start the server on 127.0.0.1:50051
          heron envs                              list the environments
          heron envs SimpleMicrogrids-v0          read about one
          heron play MultiAgentArena-v0           watch it with random actions
          heron train                             train policies on microgrids, in seconds
          heron bench                             see how fast all of it is here
          heron health                            ask whether the server is up

        'heron VERB --help' explains a verb. Without a verb, heron does 'serve'.

        Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted by Ctrl-C.
        """;

    /// <summary>Runs a command line. Never throws: whatever goes wrong becomes one line and an exit code.</summary>
    /// <param name="args">Verb and options; without a verb the server starts.</param>
    /// <param name="context">What commands work with.</param>
    public static async Task<int> RunAsync(string[] args, CommandContext context)
    {
        ParseResult result = Parse(args, context);
        if (result.Errors.Count > 0)
        {
            return ReportUsage(result, context);
        }

        try
        {
            return await result.InvokeAsync(new InvocationConfiguration
            {
                Output = context.Terminal.Output,
                Error = context.Terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (CommandFailedException exception)
        {
            context.Terminal.Error.WriteLine($"heron: {exception.Message}");
            return exception.ExitCode;
        }
        catch (CheckpointException exception)
        {
            context.Terminal.Error.WriteLine($"heron: {exception.Message}");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (context.Interruption.Token.IsCancellationRequested)
        {
            return context.Interruption.ExitCode;
        }
        catch (Exception exception)
        {
            context.Terminal.Error.WriteLine($"heron: {exception.Message} ({exception.GetType().Name})");
            return ExitCodes.Failed;
        }
    }

    /// <summary>Reads a command line without running it.</summary>
    /// <param name="args">Verb and options; without a verb those of serve.</param>
    /// <param name="context">What commands work with.</param>
    /// <returns>Values of options, and what is wrong with them.</returns>
    internal static ParseResult Parse(string[] args, CommandContext context) => CreateRoot(context).Parse(WithVerb(args));

    private static RootCommand CreateRoot(CommandContext context)
    {
        var root = new RootCommand(Description)
        {
            ServeCommand.Create(context), EnvsCommand.Create(context), TrainCommand.Create(context), EvaluateCommand.Create(context),
            PlayCommand.Create(context), RunsCommand.Create(context), BenchCommand.Create(context), HealthCommand.Create(context),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Description = "Show this help.";
        help.Action = new HelpWithDetails((HelpAction)help.Action!, Details);
        root.Options.OfType<VersionOption>().Single().Description = "Show the version.";
        return root;
    }

    // Options without a verb are those of serve, except the two that belong to the program.
    private static string[] WithVerb(string[] args)
    {
        bool hasVerb = args.Length > 0 && (!args[0].StartsWith('-') || args[0] is "-h" or "--help" or "-?" or "--version");
        return hasVerb ? args : ["serve", .. args];
    }

    private static int ReportUsage(ParseResult result, CommandContext context)
    {
        Command command = result.CommandResult.Command;
        string message = command is RootCommand
            ? $"There is no verb '{result.UnmatchedTokens.FirstOrDefault("")}'. Verbs: {string.Join(", ", command.Subcommands.Select(verb => verb.Name))}."
            : result.Errors[0].Message;
        string verb = command is RootCommand ? "" : $" {command.Name}";
        context.Terminal.Error.WriteLine($"heron: {message} Try 'heron{verb} --help'.");
        return ExitCodes.WrongUsage;
    }
}
