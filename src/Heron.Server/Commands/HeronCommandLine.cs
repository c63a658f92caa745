using System.CommandLine;
using System.CommandLine.Parsing;

namespace Heron.Server.Commands;

/// <summary>The verbs of the program.</summary>
internal static class HeronCommandLine
{
    private const string Description = """
        HeronServer: environments with many agents, stepped over gRPC.

        Examples:
          heron                                   start the server on 127.0.0.1:50051
          heron envs                              list the environments
          heron envs MultiAgentArena-v0           show agents, spaces and parameters of one
          heron play MultiAgentArena-v0 --seed 7  watch an episode with random actions

        Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted by Ctrl-C.
        """;

    /// <summary>Runs a command line. Never throws: whatever goes wrong becomes one line and an exit code.</summary>
    /// <param name="args">Verb and options; without a verb the server starts.</param>
    /// <param name="context">What commands work with.</param>
    public static async Task<int> RunAsync(string[] args, CommandContext context)
    {
        var root = new RootCommand(Description);
        root.Subcommands.Add(ServeCommand.Create(context));
        root.Subcommands.Add(EnvsCommand.Create(context));
        root.Subcommands.Add(PlayCommand.Create(context));
        ParseResult result = root.Parse(WithVerb(args));
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

    // Options without a verb are those of serve, except the two that belong to the program.
    private static string[] WithVerb(string[] args)
    {
        bool hasVerb = args.Length > 0 && (!args[0].StartsWith('-') || args[0] is "-h" or "--help" or "-?" or "--version");
        return hasVerb ? args : ["serve", .. args];
    }

    private static int ReportUsage(ParseResult result, CommandContext context)
    {
        foreach (ParseError error in result.Errors)
        {
            context.Terminal.Error.WriteLine($"heron: {error.Message}");
        }

        string verb = result.CommandResult.Command is RootCommand ? "" : $" {result.CommandResult.Command.Name}";
        context.Terminal.Error.WriteLine($"Try 'heron{verb} --help'.");
        return ExitCodes.WrongUsage;
    }
}
