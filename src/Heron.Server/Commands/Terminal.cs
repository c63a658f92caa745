using Spectre.Console;

namespace Heron.Server.Commands;

/// <summary>Where commands write: results to one place, errors to another. Colours and boxes only where a person reads.</summary>
/// <param name="output">Results.</param>
/// <param name="error">Errors, one line each.</param>
/// <param name="isInteractive">Whether output is a terminal.</param>
/// <param name="console">The terminal itself, if it is not the one that the program was started with.</param>
internal sealed class Terminal(TextWriter output, TextWriter error, bool isInteractive, IAnsiConsole? console = null)
{
    // Wide enough for every table: a program that reads them must not meet line breaks.
    private const int PlainWidth = 400;

    /// <summary>Results as plain text.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>Errors.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>Whether output is a terminal.</summary>
    public bool IsInteractive { get; } = isInteractive;

    /// <summary>Results as tables and styled text.</summary>
    public IAnsiConsole Console { get; } = console ?? CreateConsole(output, isInteractive);

    /// <summary>The terminal, pipes or files that the program was started with.</summary>
    public static Terminal FromConsole() =>
#pragma warning disable RS0030 // The one place of the commands that touches the console.
        new(System.Console.Out, System.Console.Error, !System.Console.IsOutputRedirected);
#pragma warning restore RS0030

    private static IAnsiConsole CreateConsole(TextWriter output, bool isInteractive)
    {
        if (isInteractive)
        {
            return AnsiConsole.Create(new AnsiConsoleSettings());
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = PlainWidth;
        return console;
    }
}
