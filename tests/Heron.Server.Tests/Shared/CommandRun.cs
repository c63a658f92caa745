using Heron.Core.Environments;
using Heron.Server.Commands;
using Heron.Simulations;
using Heron.TestEnvironments.Probe;

namespace Heron.Server.Tests.Shared;

/// <summary>Runs command lines as the program does, with the shipped environments and the probe.</summary>
internal static class CommandRun
{
    public static Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => RunAsync(_ => { }, args);

    /// <param name="interrupt">Called before the command starts; may stop it.</param>
    /// <param name="args">Verb and options.</param>
    public static async Task<(int Code, string Output, string Error)> RunAsync(Action<Interruption> interrupt, params string[] args)
    {
        using var interruption = new Interruption();
        interrupt(interruption);
        using var output = new StringWriter();
        using var error = new StringWriter();
        EnvironmentRegistry registry = HeronEnvironments.AddTo(new EnvironmentRegistry()).Add(ProbeEnvironment.Definition);
        int code = await HeronCommandLine.RunAsync(args, new CommandContext(registry, new Terminal(output, error, isInteractive: false), interruption));
        return (code, output.ToString(), error.ToString());
    }
}
