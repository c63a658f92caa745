using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Heron.Grpc.TestServer;

namespace Heron.Grpc.Tests.Calls;

public class MessageSizeTests(EchoFixture fixture)
{
    private const int Mebibyte = 1024 * 1024;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unary_SixteenMebibytesBothWays_ArriveWhole()
    {
        using var channel = RaisedChannel();
        var payload = new byte[16 * Mebibyte];
        new Random(1).NextBytes(payload);
        var request = new EchoRequest { Payload = UnsafeByteOperations.UnsafeWrap(payload) };

        var reply = await new Echo.EchoClient(channel).UnaryAsync(request, cancellationToken: Cancelled);

        Assert.True(reply.Payload.Span.SequenceEqual(payload));
    }

    [Fact]
    public async Task Unary_RequestOverTheServersLimit_ResourceExhausted()
    {
        using var channel = RaisedChannel();
        var request = new EchoRequest { Payload = UnsafeByteOperations.UnsafeWrap(new byte[EchoServer.MaxReceiveBytes + 1]) };

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await new Echo.EchoClient(channel).UnaryAsync(request, cancellationToken: Cancelled));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Fact]
    public async Task Unary_ReplyOverTheClientsLimit_ResourceExhausted()
    {
        var request = new EchoRequest { ReplyBytes = 5 * Mebibyte };

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await fixture.Client.UnaryAsync(request, cancellationToken: Cancelled));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    private GrpcChannel RaisedChannel() => GrpcChannel.ForAddress(
        fixture.Address,
        new GrpcChannelOptions { MaxReceiveMessageSize = 64 * Mebibyte, MaxSendMessageSize = 64 * Mebibyte });
}
