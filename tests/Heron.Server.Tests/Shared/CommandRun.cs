using Heron.Core.Environments;
using Heron.Server.Commands;
using Heron.Simulations;
using Heron.TestEnvironments.Probe;
using Spectre.Console;

namespace Heron.Server.Tests.Shared;

/// <summary>Runs command lines as the program does, with the shipped environments and the probe.</summary>
internal static class CommandRun
{
    public static Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => RunAsync(_ => { }, args);

    /// <param name="interrupt">Called before the command starts; may stop it.</param>
    /// <param name="args">Verb and options.</param>
    public static Task<(int Code, string Output, string Error)> RunAsync(Action<Interruption> interrupt, params string[] args) => RunAsync(Registry(), interrupt, args);

    /// <param name="addEnvironments">Adds environments to those that are there.</param>
    /// <param name="args">Verb and options.</param>
    public static Task<(int Code, string Output, string Error)> WithEnvironmentsAsync(Action<EnvironmentRegistry> addEnvironments, params string[] args)
    {
        EnvironmentRegistry registry = Registry();
        addEnvironments(registry);
        return RunAsync(registry, _ => { }, args);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(EnvironmentRegistry registry, Action<Interruption> interrupt, string[] args)
    {
        using var interruption = new Interruption();
        interrupt(interruption);
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await HeronCommandLine.RunAsync(args, new CommandContext(registry, new Terminal(output, error, isInteractive: false), interruption));
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command line at a terminal of 40 lines; control sequences are in the output.</summary>
    /// <param name="width">Characters in a line.</param>
    /// <param name="args">Verb and options.</param>
    public static async Task<(int Code, string Output, string Error)> RunAtTerminalAsync(int width, params string[] args)
    {
        using var interruption = new Interruption();
        using var output = new StringWriter();
        using var error = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(output) });
        (console.Profile.Width, console.Profile.Height, console.Profile.Capabilities.Unicode) = (width, 40, true);
        int code = await HeronCommandLine.RunAsync(args, new CommandContext(Registry(), new Terminal(output, error, isInteractive: true, console), interruption));
        return (code, output.ToString(), error.ToString());
    }

    private static EnvironmentRegistry Registry() => HeronEnvironments.AddTo(new EnvironmentRegistry()).Add(ProbeEnvironment.Definition);
}
