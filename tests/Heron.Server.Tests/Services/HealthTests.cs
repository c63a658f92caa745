using Grpc.Core;
using Grpc.Health.V1;
using Heron.Server.Tests.Shared;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Heron.Server.Tests.Services;

public class HealthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("heron.v1.MultiAgentEnv")]
    [InlineData("heron.v1.Rollouts")]
    [InlineData("grpc.health.v1.Health")]
    [InlineData("grpc.reflection.v1.ServerReflection")]
    [InlineData("grpc.reflection.v1alpha.ServerReflection")]
    public async Task Check_KnownName_Serves(string service)
    {
        await using RunningServer server = await RunningServer.StartAsync();

        HealthCheckResponse response = await new Health.HealthClient(server.Channel).CheckAsync(new HealthCheckRequest { Service = service }, cancellationToken: Token);

        Assert.Equal(ServingStatus.Serving, response.Status);
    }

    [Fact]
    public async Task Check_UnknownName_IsNotFound()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        await RunningServer.FailsAsync(StatusCode.NotFound, () => new Health.HealthClient(server.Channel).CheckAsync(new HealthCheckRequest { Service = "nope" }, cancellationToken: Token).ResponseAsync);
    }

    [Fact]
    public async Task List_Always_NamesEveryService()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        HealthListResponse list = await new Health.HealthClient(server.Channel).ListAsync(new HealthListRequest(), cancellationToken: Token);

        Assert.Equal(6, list.Statuses.Count);
        Assert.All(list.Statuses.Values, response => Assert.Equal(ServingStatus.Serving, response.Status));
    }

    [Fact]
    public async Task Watch_UnknownName_SaysSoAndStaysOpen()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using AsyncServerStreamingCall<HealthCheckResponse> watch = new Health.HealthClient(server.Channel).Watch(new HealthCheckRequest { Service = "nope" }, cancellationToken: Token);

        Assert.True(await watch.ResponseStream.MoveNext(Token));

        Assert.Equal(ServingStatus.ServiceUnknown, watch.ResponseStream.Current.Status);
        Assert.False(watch.ResponseStream.MoveNext(Token).IsCompleted);
    }
}
