using System.CommandLine;
using System.CommandLine.Parsing;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Heron.Server.Hosting;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Heron.Server.Commands;

/// <summary>heron health.</summary>
internal sealed class HealthCommand
{
    private const int DefaultTimeoutSeconds = 5;

    private const string Details = """
        Asks grpc.health.v1.Health, which needs no token. Prints SERVING when all is well;
        otherwise one line on standard error tells what is wrong.

        Examples:
          heron health
          heron health --address server:50051 --timeout 2
          heron health --service heron.v1.MultiAgentEnv

        Exit codes: 0 serving, 1 not serving or no answer, 2 wrong usage.
        """;

    private readonly Option<string> _address = new("--address")
    {
        Description = "Server to ask; HOST may be a name.",
        HelpName = "HOST:PORT",
        DefaultValueFactory = _ => new HeronServerOptions().Listen.ToString(),
        CustomParser = ParseAddress,
    };

    private readonly Option<string> _service = new("--service")
    {
        Description = "Service to ask about, for example heron.v1.MultiAgentEnv; without it, the server as a whole.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<int> _timeout = NumberOption.Create("--timeout", "Seconds to wait for the answer.", minimum: 1, DefaultTimeoutSeconds);

    private HealthCommand()
    {
    }

    /// <summary>Declares the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var health = new HealthCommand();
        var command = new DocumentedCommand("health", "Asks a running server whether it serves.", Details)
        {
            health._address, health._service, health._timeout,
        };
        command.SetAction((result, _) => health.RunAsync(result, context));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CommandContext context)
    {
        string address = result.GetValue(_address)!;
        var timeout = TimeSpan.FromSeconds(result.GetValue(_timeout));
        try
        {
            ServingStatus status = await AskAsync(address, result.GetValue(_service)!, timeout, context.Interruption.Token);
            if (status != ServingStatus.Serving)
            {
                throw new CommandFailedException($"The server at {address} answers {status}: it is stopping. Wait, or start it again with 'heron serve'.");
            }

            await context.Terminal.Output.WriteLineAsync("SERVING");
            return ExitCodes.Done;
        }
        catch (RpcException exception)
        {
            context.Interruption.Token.ThrowIfCancellationRequested();
            throw new CommandFailedException(Explain(exception, address, timeout));
        }
    }

    private static async Task<ServingStatus> AskAsync(string address, string service, TimeSpan timeout, CancellationToken cancellation)
    {
        // A proxy for web pages would answer in the server's place.
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var channel = GrpcChannel.ForAddress($"http://{address}", new GrpcChannelOptions { HttpHandler = handler });
        var request = new HealthCheckRequest { Service = service };
        CallOptions call = new CallOptions(cancellationToken: cancellation).WithDeadline(TimeProvider.System.GetUtcNow().UtcDateTime + timeout);
        return (await new Health.HealthClient(channel).CheckAsync(request, call)).Status;
    }

    private static string Explain(RpcException exception, string address, TimeSpan timeout) => exception.StatusCode switch
    {
        StatusCode.Unavailable =>
            $"No server answers at {address}: {Cause(exception)}. Start one with 'heron serve', or name another with --address HOST:PORT.",
        StatusCode.DeadlineExceeded =>
            $"The server at {address} does not answer within {timeout.TotalSeconds} s. Is it busy, or is something else listening there? Give it longer with --timeout SECONDS.",
        _ => $"The server at {address} answers {exception.StatusCode}: {exception.Status.Detail}",
    };

    private static string Cause(RpcException exception) =>
        exception.Status.DebugException?.GetBaseException().Message.TrimEnd('.') ?? exception.Status.Detail;

    private static string? ParseAddress(ArgumentResult result)
    {
        string text = result.OnlyText();
        int colon = text.LastIndexOf(':');
        string host = colon < 0 ? "" : text[..colon];
        bool isHost = Uri.CheckHostName(host) != UriHostNameType.Unknown && Uri.TryCreate($"http://{text}", UriKind.Absolute, out _);
        if (isHost && ushort.TryParse(text[(colon + 1)..], out ushort port) && port > 0)
        {
            return text;
        }

        result.Refuse(text, "HOST:PORT, for example 127.0.0.1:50051");
        return null;
    }
}
