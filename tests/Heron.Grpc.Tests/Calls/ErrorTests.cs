using Grpc.Core;
using Heron.Grpc.TestServer;

namespace Heron.Grpc.Tests.Calls;

public class ErrorTests(EchoFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StatusCode.InvalidArgument)]
    [InlineData(StatusCode.NotFound)]
    [InlineData(StatusCode.FailedPrecondition)]
    [InlineData(StatusCode.Aborted)]
    [InlineData(StatusCode.Unauthenticated)]
    public async Task Unary_HandlerThrowsStatus_ClientGetsCodeDetailAndTrailers(StatusCode code)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await fixture.Client.UnaryAsync(Failing(code), cancellationToken: Cancelled));

        Assert.Equal((code, "as asked"), (error.StatusCode, error.Status.Detail));
        Assert.Equal("asked", error.Trailers.GetValue("reason"));
        Assert.Equal([0, 1, 254, 255], error.Trailers.GetValueBytes("reason-bin"));
    }

    [Fact]
    public async Task Expand_HandlerThrowsStatusAfterReplies_RepliesArriveBeforeTheError()
    {
        var request = Failing(StatusCode.OutOfRange);
        request.Repeat = 2;
        using var call = fixture.Client.Expand(request, cancellationToken: Cancelled);

        Assert.True(await call.ResponseStream.MoveNext(Cancelled));
        Assert.True(await call.ResponseStream.MoveNext(Cancelled));
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancelled));

        Assert.Equal(StatusCode.OutOfRange, error.StatusCode);
        Assert.Equal("asked", call.GetTrailers().GetValue("reason"));
    }

    [Fact]
    public async Task Unary_HandlerThrowsException_UnknownWithoutItsSecret()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await fixture.Client.UnaryAsync(new EchoRequest { Behaviour = Behaviour.Throw }, cancellationToken: Cancelled));

        Assert.Equal(StatusCode.Unknown, error.StatusCode);
        Assert.DoesNotContain("secret", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unwritten_DeclaredOnly_Unimplemented()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await fixture.Client.UnwrittenAsync(new EchoRequest(), cancellationToken: Cancelled));

        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    [Theory]
    [InlineData("heron.grpc.tests.v1.Echo", "Nonsense")]
    [InlineData("heron.grpc.tests.v1.Nobody", "Unary")]
    public async Task Call_UnknownMethodOrService_Unimplemented(string service, string name)
    {
        var method = new Method<string, string>(
            MethodType.Unary, service, name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await fixture.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, new(cancellationToken: Cancelled), ""));

        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    [Fact]
    public async Task Unary_NobodyListens_Unavailable()
    {
        await using var server = await EchoServer.StartAsync();
        var address = server.Address;
        await server.DisposeAsync();
        using var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress(address);

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await new Echo.EchoClient(channel).UnaryAsync(new EchoRequest(), cancellationToken: Cancelled));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.NotNull(error.Status.DebugException);
    }

    private static EchoRequest Failing(StatusCode code) =>
        new() { Behaviour = Behaviour.FailWithStatus, StatusCode = (int)code };
}
