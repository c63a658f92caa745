using Grpc.Core;
using Heron.Grpc.TestServer;

namespace Heron.Grpc.Tests.Contracts;

public class ClientBaseTests
{
    [Fact]
    public void WithHost_AllKinds_SendThatAuthority()
    {
        var invoker = new HostRecorder();
        var client = new Echo.EchoClient(invoker).WithHost("other");

        client.Unary(new EchoRequest(), cancellationToken: TestContext.Current.CancellationToken);
        client.UnaryAsync(new EchoRequest(), cancellationToken: TestContext.Current.CancellationToken);
        client.Collect(cancellationToken: TestContext.Current.CancellationToken);
        client.Expand(new EchoRequest(), cancellationToken: TestContext.Current.CancellationToken);
        client.Chat(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Repeat("other", 5), invoker.Hosts);
    }

    [Fact]
    public void Call_OnAClientWithoutChannel_SaysSo()
    {
        var client = new ClientDouble();

        var error = Assert.Throws<NotSupportedException>(() => client.Unary(new EchoRequest(), new CallOptions()));

        Assert.Contains("/heron.grpc.tests.v1.Echo/Unary", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AsyncUnaryCall_MadeUpForATest_GivesItsParts()
    {
        var disposed = false;
        var headers = new Metadata();
        var trailers = new Metadata();
        var call = new AsyncUnaryCall<string>(
            Task.FromResult("reply"), Task.FromResult(headers), () => Status.DefaultCancelled, () => trailers, () => disposed = true);

        Assert.Equal("reply", await call);
        Assert.Equal("reply", await call.ConfigureAwait(true));
        Assert.Same(headers, await call.ResponseHeadersAsync);
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
        Assert.Same(trailers, call.GetTrailers());
        call.Dispose();
        Assert.True(disposed);
    }

    [Fact]
    public async Task WriteAsync_WriterWithoutCancellation_RefusesTokensThatCanBeCancelled()
    {
        IAsyncStreamWriter<string> writer = new PlainWriter();
        using var source = new CancellationTokenSource();

        await writer.WriteAsync("a", CancellationToken.None);

        await Assert.ThrowsAsync<NotSupportedException>(() => writer.WriteAsync("b", source.Token));
        Assert.Equal("a", ((PlainWriter)writer).Last);
    }

    private sealed class ClientDouble : Echo.EchoClient
    {
    }

    private sealed class PlainWriter : IAsyncStreamWriter<string>
    {
        public string? Last { get; private set; }

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(string message)
        {
            Last = message;
            return Task.CompletedTask;
        }
    }

    private sealed class HostRecorder : CallInvoker
    {
        public List<string?> Hosts { get; } = [];

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => Record<TResponse>(host);

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            Record<AsyncUnaryCall<TResponse>>(host);

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            Record<AsyncServerStreamingCall<TResponse>>(host);

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            Record<AsyncClientStreamingCall<TRequest, TResponse>>(host);

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            Record<AsyncDuplexStreamingCall<TRequest, TResponse>>(host);

        private T Record<T>(string? host)
            where T : class
        {
            Hosts.Add(host);
            return null!;
        }
    }
}
