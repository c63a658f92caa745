using Google.Protobuf;
using Grpc.Core;

namespace Heron.Grpc.TestServer;

/// <summary>Does what a request asks for, in all four kinds of call.</summary>
/// <remarks>Request headers that start with <c>echo-</c> come back as a response header and as a trailer.</remarks>
public sealed class EchoService(CallPoints points, ServerCounters counters) : Echo.EchoBase
{
    /// <inheritdoc/>
    public override async Task<EchoReply> Unary(EchoRequest request, ServerCallContext context)
    {
        await EchoMetadataAsync(request, context);
        return await AnswerAsync(request, context);
    }

    /// <inheritdoc/>
    public override async Task<EchoReply> Collect(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context)
    {
        var joined = new EchoReply();
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            joined.Text += (await AnswerAsync(request, context)).Text;
        }

        return joined;
    }

    /// <inheritdoc/>
    public override async Task Expand(EchoRequest request, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
    {
        await EchoMetadataAsync(request, context);
        for (var index = 0; index < request.Repeat; index++)
        {
            await responseStream.WriteAsync(new EchoReply { Text = $"{request.Text}{index}" }, context.CancellationToken);
        }

        await AnswerAsync(request, context);
    }

    /// <inheritdoc/>
    public override async Task Chat(
        IAsyncStreamReader<EchoRequest> requestStream,
        IServerStreamWriter<EchoReply> responseStream,
        ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(await AnswerAsync(request, context), context.CancellationToken);
        }
    }

    /// <inheritdoc/>
    public override async Task<AwaitReply> Await(AwaitRequest request, ServerCallContext context)
    {
        await points.WaitAsync(request.Text, request.Point, context.CancellationToken);
        return new();
    }

    /// <inheritdoc/>
    public override Task<Counts> GetCounts(CountsRequest request, ServerCallContext context) =>
        Task.FromResult(counters.ToMessage());

    private static Task EchoMetadataAsync(EchoRequest request, ServerCallContext context)
    {
        var headers = new Metadata();
        foreach (var entry in context.RequestHeaders.Where(entry => entry.Key.StartsWith("echo-", StringComparison.Ordinal)))
        {
            headers.Add(entry);
            context.ResponseTrailers.Add(entry);
        }

        if (request.ReplyEncoding.Length > 0)
        {
            headers.Add("grpc-internal-encoding-request", request.ReplyEncoding);
        }

        return context.WriteResponseHeadersAsync(headers);
    }

    private async Task<EchoReply> AnswerAsync(EchoRequest request, ServerCallContext context)
    {
        switch (request.Behaviour)
        {
            case Behaviour.FailWithStatus:
                var trailers = new Metadata { { "reason", "asked" }, { "reason-bin", [0, 1, 254, 255] } };
                throw new RpcException(new Status((StatusCode)request.StatusCode, "as asked"), trailers);
            case Behaviour.Throw:
                throw new InvalidOperationException("a secret of the server");
            case Behaviour.Wait:
                await WaitForCancellationAsync(request.Text, context.CancellationToken);
                break;
        }

        return new EchoReply
        {
            Text = request.Text,
            Payload = ReplyPayload(request),
            RequestEncoding = context.GetHttpContext().Request.Headers["grpc-encoding"].ToString(),
            DeadlineSeconds = context.Deadline == DateTime.MaxValue ? 0 : (context.Deadline - DateTime.UtcNow).TotalSeconds,
        };
    }

    private static ByteString ReplyPayload(EchoRequest request) => request.ReplyBytes == 0
        ? request.Payload
        : UnsafeByteOperations.UnsafeWrap(new byte[request.ReplyBytes]);

    private async Task WaitForCancellationAsync(string text, CancellationToken cancellationToken)
    {
        points.Reach(text, Point.Started);
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            points.Reach(text, Point.Cancelled);
        }
    }
}
