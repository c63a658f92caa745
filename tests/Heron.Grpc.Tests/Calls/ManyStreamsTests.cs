using Grpc.Net.Client;
using Heron.Grpc.TestServer;

namespace Heron.Grpc.Tests.Calls;

public class ManyStreamsTests
{
    private const int Streams = 1000;

    [Fact]
    public async Task Chat_ThousandOpenStreamsOnOneConnection_AllAreServed()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await EchoServer.StartAsync();
        using var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = false };
        using var channel = GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions { HttpHandler = handler });
        var client = new Echo.EchoClient(channel);
        // A stream that is not let through waits without an error, so only a deadline can fail it.
        var deadline = DateTime.UtcNow.AddMinutes(2);
        var calls = Enumerable.Range(0, Streams)
            .Select(_ => client.Chat(deadline: deadline, cancellationToken: cancelled)).ToList();

        // Two rounds: after the first one every stream is open at the same time.
        for (var round = 0; round < 2; round++)
        {
            await Task.WhenAll(calls.Select(async (call, index) =>
            {
                await call.RequestStream.WriteAsync(new EchoRequest { Text = $"{round}:{index}" }, cancelled);
                Assert.True(await call.ResponseStream.MoveNext(cancelled));
                Assert.Equal($"{round}:{index}", call.ResponseStream.Current.Text);
            }));
        }

        var counts = await client.GetCountsAsync(new CountsRequest(), cancellationToken: cancelled);
        await Task.WhenAll(calls.Select(call => call.RequestStream.CompleteAsync()));
        await Task.WhenAll(calls.Select(async call => Assert.False(await call.ResponseStream.MoveNext(cancelled))));
        Assert.Equal(1, counts.Connections);
    }
}
