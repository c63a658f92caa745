using System.CommandLine;
using Heron.Core.Environments;
using Heron.Server.Commands;

namespace Heron.Server.Tests.Container;

/// <summary>Reads command lines with the real options of the program.</summary>
internal static class HeronCommand
{
    /// <summary>What is wrong with a command line; empty if nothing is.</summary>
    public static IEnumerable<string> ErrorsOf(params string[] args) => Parse(args).Errors.Select(error => error.Message);

    /// <summary>The value of an option, given or by default.</summary>
    public static T ValueOf<T>(string option, params string[] args) => Parse(args).GetRequiredValue<T>(option);

    private static ParseResult Parse(string[] args)
    {
        using var interruption = new Interruption();
        return HeronCommandLine.Parse(args, new CommandContext(new EnvironmentRegistry(), new Terminal(TextWriter.Null, TextWriter.Null, isInteractive: false), interruption));
    }
}
