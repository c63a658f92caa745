using Google.Protobuf;
using Grpc.Core;

namespace Heron.Benchmarks.Wire;

/// <summary>Answers with as many bytes as asked for, and does nothing else.</summary>
public sealed class EchoService : Echo.EchoBase
{
    private EchoReply _reply = new();

    public override Task<EchoReply> Unary(EchoRequest request, ServerCallContext context) =>
        Task.FromResult(Reply(request.ReplyLength));

    public override async Task Stream(
        IAsyncStreamReader<EchoRequest> requestStream,
        IServerStreamWriter<EchoReply> responseStream,
        ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            await responseStream.WriteAsync(Reply(requestStream.Current.ReplyLength));
        }
    }

    private EchoReply Reply(uint length)
    {
        EchoReply reply = _reply;
        if (reply.Payload.Length != length)
        {
            _reply = reply = new EchoReply { Payload = ByteString.CopyFrom(new byte[length]) };
        }

        return reply;
    }
}
