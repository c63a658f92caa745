using Grpc.Core;
using Heron.Grpc.TestServer;

namespace Heron.Grpc.Tests.Calls;

public class MetadataOnTheWireTests(EchoFixture fixture)
{
    private static readonly byte[] Bytes = [0, 1, 2, 127, 128, 255];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Metadata Sent => new()
    {
        { "echo-text", "first" },
        { "Echo-Text", "second" },
        { "echo-bytes-bin", Bytes },
        { "other", "not echoed" },
    };

    [Fact]
    public async Task Unary_RequestMetadata_ComesBackAsHeadersAndTrailers()
    {
        using var call = fixture.Client.UnaryAsync(new EchoRequest(), Sent, cancellationToken: Cancelled);

        await call;

        AssertEchoed(await call.ResponseHeadersAsync);
        AssertEchoed(call.GetTrailers());
    }

    [Fact]
    public async Task Expand_RequestMetadata_HeadersArriveBeforeTheEnd()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var request = new EchoRequest { Text = $"{Guid.NewGuid()}", Repeat = 1, Behaviour = Behaviour.Wait };
        using var call = fixture.Client.Expand(request, Sent, cancellationToken: source.Token);

        var headers = await call.ResponseHeadersAsync;

        AssertEchoed(headers);
        Assert.Throws<InvalidOperationException>(() => call.GetTrailers());
        await source.CancelAsync();
    }

    private static void AssertEchoed(Metadata metadata)
    {
        // HTTP lets a sender join the values of a repeated key, and HttpClient does.
        Assert.Equal("first, second", string.Join(", ", metadata.GetAll("echo-text").Select(entry => entry.Value)));
        Assert.Equal(Bytes, metadata.GetValueBytes("echo-bytes-bin"));
        Assert.Null(metadata.Get("other"));
    }
}
