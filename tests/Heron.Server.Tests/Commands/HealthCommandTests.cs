using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Health.V1;
using Heron.Server.Commands;
using Heron.Server.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using static Heron.Server.Tests.Shared.CommandRun;

namespace Heron.Server.Tests.Commands;

public class HealthCommandTests
{
    [Theory]
    [InlineData("")]
    [InlineData("heron.v1.MultiAgentEnv")]
    public async Task Health_ServerRuns_PrintsServing(string service)
    {
        await using RunningServer server = await RunningServer.StartAsync();

        (int code, string output, string error) = await RunAsync("health", "--address", $"{server.Host.Address}", "--service", service);

        Assert.Equal((0, "SERVING", ""), (code, output.Trim(), error));
    }

    [Fact]
    public async Task Health_HostIsAName_FindsIt()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        (int code, _, string error) = await RunAsync("health", "--address", $"localhost:{server.Host.Address.Port}");

        Assert.Equal((0, ""), (code, error));
    }

    [Fact]
    public async Task Health_UnknownService_FailsAndNamesTheServices()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        (int code, string output, string error) = await RunAsync("health", "--address", $"{server.Host.Address}", "--service", "nope");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("There is no service 'nope'", error);
        Assert.Contains("heron.v1.MultiAgentEnv", error);
    }

    [Fact]
    public async Task Health_ServerIsStopping_FailsAndSaysSo()
    {
        await using WebApplication app = await StartStoppingServerAsync();
        string address = new Uri(app.Urls.Single()).Authority;

        (int code, string output, string error) = await RunAsync("health", "--address", address);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains($"The server at {address} answers NotServing", error);
    }

    [Fact]
    public async Task Health_NothingListens_FailsWithOneLineThatTellsWhatToDo()
    {
        // Bound but not listening: the port refuses connections and nobody else can take it.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        (int code, string output, string error) = await RunAsync("health", "--address", $"{socket.LocalEndPoint}");

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"heron: No server answers at {socket.LocalEndPoint}: Connection refused", error, StringComparison.Ordinal);
        Assert.Contains("'heron serve'", error);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Health_NoAnswerInTime_FailsAndNamesTheTime()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        (int code, _, string error) = await RunAsync("health", "--address", $"{silent.LocalEndpoint}", "--timeout", "1");

        Assert.Equal(1, code);
        Assert.Contains($"The server at {silent.LocalEndpoint} does not answer within 1 s", error);
    }

    [Fact]
    public async Task Health_Interrupted_Returns130()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        (int code, string output, string error) = await RunAsync(interruption => interruption.Stop(ExitCodes.Interrupted), "health", "--address", $"{server.Host.Address}");

        Assert.Equal((130, "", ""), (code, output, error));
    }

    private static async Task<WebApplication> StartStoppingServerAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        WebApplication app = builder.Build();
        app.MapGrpcService<StoppingHealth>();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private sealed class StoppingHealth : Health.HealthBase
    {
        public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
            Task.FromResult(new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.NotServing });
    }
}
