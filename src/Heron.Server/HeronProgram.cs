using Heron.Core.Environments;
using Heron.Server.Commands;
using Heron.Simulations;

namespace Heron.Server;

/// <summary>The heron program. Other programs call it to add environments of their own.</summary>
public static class HeronProgram
{
    /// <summary>Runs a command line.</summary>
    /// <param name="args">Verb and options; without a verb the server starts.</param>
    /// <param name="addEnvironments">Adds environments to those that are shipped; null for none.</param>
    /// <returns>0 done, 1 failed, 2 wrong usage, 130 interrupted by Ctrl-C.</returns>
    public static Task<int> RunAsync(string[] args, Action<EnvironmentRegistry>? addEnvironments = null) =>
        RunAsync(args, addEnvironments, Terminal.FromConsole());

    internal static async Task<int> RunAsync(string[] args, Action<EnvironmentRegistry>? addEnvironments, Terminal terminal)
    {
        EnvironmentRegistry registry = HeronEnvironments.AddTo(new EnvironmentRegistry());
        try
        {
            addEnvironments?.Invoke(registry);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or TypeInitializationException)
        {
            // A definition is usually a static property, whose exception arrives wrapped.
            await terminal.Error.WriteLineAsync($"heron: An environment cannot be added. {exception.GetBaseException().Message}");
            return ExitCodes.Failed;
        }

        using var interruption = Interruption.FromSignals();
        return await HeronCommandLine.RunAsync(args, new CommandContext(registry, terminal, interruption));
    }
}
