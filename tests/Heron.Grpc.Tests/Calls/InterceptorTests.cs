using Grpc.Core;
using Grpc.Core.Interceptors;
using Heron.Grpc.TestServer;

namespace Heron.Grpc.Tests.Calls;

public class InterceptorTests(EchoFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ServerInterceptor_AllKinds_SeesEachAsItsKind()
    {
        var client = fixture.Client;

        using var unary = client.UnaryAsync(new EchoRequest(), cancellationToken: Cancelled);
        using var collect = client.Collect(cancellationToken: Cancelled);
        using var expand = client.Expand(new EchoRequest(), cancellationToken: Cancelled);
        using var chat = client.Chat(cancellationToken: Cancelled);
        await collect.RequestStream.CompleteAsync();
        await chat.RequestStream.CompleteAsync();
        await unary;
        await collect;
        Assert.False(await expand.ResponseStream.MoveNext(Cancelled));
        Assert.False(await chat.ResponseStream.MoveNext(Cancelled));

        Assert.Equal(
            ["unary", "client-streaming", "server-streaming", "duplex-streaming"],
            new[] { unary.GetTrailers(), collect.GetTrailers(), expand.GetTrailers(), chat.GetTrailers() }
                .Select(trailers => trailers.GetValue("call-kind")));
    }

    [Fact]
    public async Task ClientInterceptors_AllKinds_RunInOrderAndMayChangeHeaders()
    {
        var log = new List<string>();
        var invoker = fixture.Channel
            .Intercept(headers => new Metadata { { "echo-added", $"to {headers.Count}" } })
            .Intercept(new Recorder("first", log), new Recorder("second", log));
        var client = new Echo.EchoClient(invoker);

        using var unary = client.UnaryAsync(new EchoRequest(), cancellationToken: Cancelled);
        await unary;
        client.Unary(new EchoRequest(), cancellationToken: Cancelled);
        using var collect = client.Collect(cancellationToken: Cancelled);
        using var expand = client.Expand(new EchoRequest(), cancellationToken: Cancelled);
        using var chat = client.Chat(cancellationToken: Cancelled);

        Assert.Equal("to 0", (await unary.ResponseHeadersAsync).GetValue("echo-added"));
        string[] kinds = ["async Unary", "blocking Unary", "Collect", "Expand", "Chat"];
        Assert.Equal(kinds.SelectMany(kind => new[] { $"first {kind}", $"second {kind}" }), log);
    }

    private sealed class Recorder(string name, List<string> log) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            log.Add($"{name} async {context.Method.Name}");
            return base.AsyncUnaryCall(request, context, continuation);
        }

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            log.Add($"{name} blocking {context.Method.Name}");
            return base.BlockingUnaryCall(request, context, continuation);
        }

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            log.Add($"{name} {context.Method.Name}");
            return base.AsyncClientStreamingCall(context, continuation);
        }

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            log.Add($"{name} {context.Method.Name}");
            return base.AsyncServerStreamingCall(request, context, continuation);
        }

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            log.Add($"{name} {context.Method.Name}");
            return base.AsyncDuplexStreamingCall(context, continuation);
        }
    }
}
