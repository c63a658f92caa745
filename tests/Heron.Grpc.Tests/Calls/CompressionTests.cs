using Google.Protobuf;
using Grpc.Core;
using Heron.Grpc.TestServer;

namespace Heron.Grpc.Tests.Calls;

public class CompressionTests(EchoFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Unary_CompressedRequest_ServerDecompressesIt(string encoding)
    {
        var before = await CountsAsync();
        var headers = new Metadata { { "grpc-internal-encoding-request", encoding } };
        var request = new EchoRequest { Payload = Payload() };

        var reply = await fixture.Client.UnaryAsync(request, headers, cancellationToken: Cancelled);

        Assert.Equal(encoding, reply.RequestEncoding);
        Assert.Equal(request.Payload, reply.Payload);
        Assert.True((await CountsAsync()).Decompressed[encoding] > before.Decompressed.GetValueOrDefault(encoding));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Unary_CompressedReply_ClientDecompressesIt(string encoding)
    {
        var before = await CountsAsync();
        var request = new EchoRequest { Payload = Payload(), ReplyEncoding = encoding };

        var reply = await fixture.Client.UnaryAsync(request, cancellationToken: Cancelled);

        Assert.Equal("", reply.RequestEncoding);
        Assert.Equal(request.Payload, reply.Payload);
        Assert.True((await CountsAsync()).Compressed[encoding] > before.Compressed.GetValueOrDefault(encoding));
    }

    [Fact]
    public async Task Unary_UnknownEncoding_Unimplemented()
    {
        using var http = new HttpClient { DefaultRequestVersion = new(2, 0), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fixture.Address, "/heron.grpc.tests.v1.Echo/Unary"))
        {
            Version = new(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([1, 0, 0, 0, 1, 0]),
        };
        request.Content.Headers.ContentType = new("application/grpc");
        request.Headers.Add("grpc-encoding", "snail");

        using var response = await http.SendAsync(request, Cancelled);

        var headers = response.TrailingHeaders.Concat(response.Headers).ToLookup(header => header.Key, header => header.Value.Single());
        Assert.Equal("12", headers["grpc-status"].Single());
        Assert.Contains("gzip", headers["grpc-accept-encoding"].Single(), StringComparison.Ordinal);
    }

    private static ByteString Payload() => ByteString.CopyFrom(new byte[100_000]);

    private async Task<Counts> CountsAsync() => await fixture.Client.GetCountsAsync(new CountsRequest(), cancellationToken: Cancelled);
}
