using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1;
using Heron.Contracts.V1;
using Heron.Server.Tests.Shared;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Heron.Server.Tests.Services;

public class ShutdownTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_WithOpenStreams_EndsThemAsUnavailable()
    {
        RunningServer server = await RunningServer.StartAsync();
        string id = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;
        using StepStreamClient stream = await StepStreamClient.OpenAsync(server.Client, id);
        using AsyncServerStreamingCall<HealthCheckResponse> watch = new Health.HealthClient(server.Channel).Watch(new HealthCheckRequest(), cancellationToken: Token);
        Assert.True(await watch.ResponseStream.MoveNext(Token));
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> reflection =
            new ServerReflection.ServerReflectionClient(server.Channel).ServerReflectionInfo(cancellationToken: Token);
        await reflection.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, Token);
        Assert.True(await reflection.ResponseStream.MoveNext(Token));

        Task stopped = server.Host.DisposeAsync().AsTask();

        string detail = await RunningServer.FailsAsync(StatusCode.Unavailable, stream.ReadAsync);
        Assert.Contains("shutting down", detail);
        Assert.True(await watch.ResponseStream.MoveNext(Token));
        Assert.Equal(ServingStatus.NotServing, watch.ResponseStream.Current.Status);
        await RunningServer.FailsAsync(StatusCode.Unavailable, () => watch.ResponseStream.MoveNext(Token));
        await RunningServer.FailsAsync(StatusCode.Unavailable, () => reflection.ResponseStream.MoveNext(Token));
        await stopped.WaitAsync(TimeSpan.FromSeconds(30), Token);
        await server.DisposeAsync();
    }

    // A client that never reads could otherwise hold the server up for as long as it likes.
    [Fact]
    public async Task Stop_WithAClientThatDoesNotRead_EndsAllTheSame()
    {
        RunningServer server = await RunningServer.StartAsync();
        string id = (await server.CreateAsync("Probe-v0", 2000)).SessionId;
        using StepStreamClient deaf = await StepStreamClient.OpenAsync(server.Client, id);
        for (uint sequence = 1; sequence <= 50; sequence++)
        {
            await deaf.Call.RequestStream.WriteAsync(new StepStreamRequest { Sequence = sequence, Reset = new StreamReset() }, Token);
        }

        Task stopped = server.DisposeAsync().AsTask();

        await stopped.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }
}
