namespace Heron.Server.Commands;

/// <summary>A command cannot do its work.</summary>
/// <param name="message">One line for the person at the terminal: what is wrong and what to do.</param>
/// <param name="exitCode">1 failed or 2 wrong usage.</param>
internal sealed class CommandFailedException(string message, int exitCode = ExitCodes.Failed) : Exception(message)
{
    /// <summary>What the program returns.</summary>
    public int ExitCode { get; } = exitCode;
}
