using System.CommandLine;
using System.CommandLine.Parsing;
using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using Heron.Server.Hosting;
using Microsoft.Extensions.Logging.Console;

namespace Heron.Server.Commands;

/// <summary>heron serve.</summary>
internal sealed class ServeCommand
{
    private const string Details = """
        Prints 'Listening on HOST:PORT' when it is ready; its log goes to standard error.
        Runs until Ctrl-C (exit code 130) or SIGTERM (exit code 0).

        Examples:
          heron serve
          heron serve --listen 127.0.0.1:0 --port-file heron.port
          heron serve --listen 0.0.0.0:50051 --allow-insecure    # in a container or a closed network

        Exit codes: 0 ended by SIGTERM, 1 failed (the port is taken, for example),
        2 wrong usage, 130 interrupted by Ctrl-C.
        """;

    private static readonly HeronServerOptions Defaults = new();

    private readonly Option<IPEndPoint> _listen = new("--listen")
    {
        Description = "Address to listen on. Port 0 takes any free one. Beyond loopback (127.0.0.1, ::1) it needs --allow-insecure.",
        HelpName = "HOST:PORT",
        DefaultValueFactory = _ => Defaults.Listen,
        CustomParser = ParseListen,
    };

    private readonly Option<bool> _allowInsecure = new("--allow-insecure")
    {
        Description = "Listen on an address that other machines reach, although without TLS and tokens everybody there can use the server.",
    };

    private readonly Option<int> _maxSessions = NumberOption.Create("--max-sessions", "Sessions at a time.", minimum: 1, Defaults.MaxSessions);

    private readonly Option<int> _maxCopies =
        NumberOption.Create("--max-copies", "Copies of environments in all sessions together.", minimum: 1, Defaults.MaxCopies);

    private readonly Option<int> _maxDrives =
        NumberOption.Create("--max-drives", "Driven episodes and evaluations at a time; each takes a thread.", minimum: 1, Defaults.MaxDrives);

    private readonly Option<string> _runs = new("--runs")
    {
        Description = "Folder of training runs whose checkpoints clients may evaluate.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Defaults.RunsFolder,
    };

    private readonly Option<float> _lease = new("--lease")
    {
        Description = "Seconds without any sign of a client after which its session is closed, if it asks for no other time.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => Defaults.LeaseSeconds,
    };

    private readonly Option<FileInfo?> _portFile = new("--port-file")
    {
        Description = "Write the port number to this file when the server is ready.",
        HelpName = "FILE",
    };

    private ServeCommand()
    {
    }

    /// <summary>Declares the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var serve = new ServeCommand();
        var command = new DocumentedCommand("serve", "Starts the gRPC server.", Details)
        {
            serve._listen, serve._allowInsecure, serve._maxSessions, serve._maxCopies, serve._maxDrives, serve._runs, serve._lease, serve._portFile,
        };
        command.SetAction((result, _) => serve.RunAsync(result, context));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CommandContext context)
    {
        HeronServerOptions options = OptionsOf(result);
        await using HeronServerHost host = await StartAsync(options, context);
        await context.Terminal.Output.WriteLineAsync($"Listening on {host.Address}");
        await context.Terminal.Output.FlushAsync();
        WritePort(result.GetValue(_portFile), host.Address.Port);
        await Task.Delay(Timeout.Infinite, context.Interruption.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return context.Interruption.ExitCode;
    }

    private HeronServerOptions OptionsOf(ParseResult result) => new()
    {
        Listen = result.GetValue(_listen)!,
        AllowInsecure = result.GetValue(_allowInsecure),
        MaxSessions = result.GetValue(_maxSessions),
        MaxCopies = result.GetValue(_maxCopies),
        MaxDrives = result.GetValue(_maxDrives),
        RunsFolder = result.GetValue(_runs)!,
        LeaseSeconds = result.GetValue(_lease),
    };

    private static async Task<HeronServerHost> StartAsync(HeronServerOptions options, CommandContext context)
    {
        try
        {
            return await HeronServerHost.StartAsync(options, context.Registry, builder => AddConsoleLog(builder.Logging));
        }
        catch (ValidationException exception)
        {
            throw new CommandFailedException(exception.Message, ExitCodes.WrongUsage);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            string reason = exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException ? "the port is taken" : exception.Message;
            throw new CommandFailedException($"Cannot listen on {options.Listen}: {reason}. Choose another address with --listen HOST:PORT; port 0 takes any free one.");
        }
    }

    private static void AddConsoleLog(ILoggingBuilder logging)
    {
        // A failure to start is told in one line by this command; the host would add a page of stack trace.
        logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Heron", LogLevel.Information).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });

        // Standard output is for what other programs read.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void WritePort(FileInfo? file, int port)
    {
        if (file is null)
        {
            return;
        }

        try
        {
            // Renamed into place, so that nobody reads half a number.
            string partial = file.FullName + ".partial";
            File.WriteAllText(partial, FormattableString.Invariant($"{port}\n"));
            File.Move(partial, file.FullName, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"Cannot write --port-file: {exception.Message}");
        }
    }

    private static IPEndPoint? ParseListen(ArgumentResult result)
    {
        string text = result.OnlyText();
        int colon = text.LastIndexOf(':');
        string host = colon < 0 ? "" : text[..colon];
        if (ushort.TryParse(text[(colon + 1)..], out ushort port) && (host == "localhost" || IPAddress.TryParse(host, out _)))
        {
            return new IPEndPoint(host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(host), port);
        }

        result.Refuse(text, "HOST:PORT with an IP address, for example 127.0.0.1:50051");
        return null;
    }
}
