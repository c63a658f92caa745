using Grpc.Core;
using Heron.Core.Environments;
using Heron.Server.Sessions;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>The calls that come on one stream, one after the other; its reply is the first message of the result being written.</summary>
/// <param name="responses">Serializes a message before its write returns a task: only the sending is waited for.</param>
/// <param name="digests">Whether results carry digests.</param>
/// <param name="ended">Gives up sending to a client that does not read, when the stream is ended from outside.</param>
internal sealed class StreamCall(IServerStreamWriter<Wire.StepStreamResponse> responses, bool digests, CancellationToken ended) : SessionCall<Task>
{
    private readonly Wire.StepStreamResponse _response = new();
    private Wire.StepStreamRequest _request = new();
    private PackedResults? _results;
    private CallContent _content;

    /// <inheritdoc/>
    public override CallContent Content => _content;

    /// <summary>Messages of a result; known after the first <see cref="Reply"/>.</summary>
    public int ResultCount => _results?.Count ?? 0;

    /// <summary>Makes the next request the one that this call carries out.</summary>
    /// <exception cref="InvalidRequestException">It is neither a step nor a reset.</exception>
    public void Take(Wire.StepStreamRequest request)
    {
        _request = request;
        _content = request.RequestCase switch
        {
            Wire.StepStreamRequest.RequestOneofCase.Step => new CallContent(CallKind.Step, PackedRequests.HashOfStep(request.Step)),
            Wire.StepStreamRequest.RequestOneofCase.Reset => new CallContent(
                CallKind.Reset, PackedRequests.HashOfReset(request.Reset.Mask.Span, request.Reset.Seeds.Span, request.Reset.HasSeed ? request.Reset.Seed : null)),
            Wire.StepStreamRequest.RequestOneofCase.Open => throw new InvalidRequestException("This stream is open already; open may only be its first message."),
            _ => throw new InvalidRequestException("The message has no request; it takes a step or a reset."),
        };
    }

    /// <inheritdoc/>
    public override void CarryOut(VectorEnvironment environment)
    {
        if (_request.RequestCase == Wire.StepStreamRequest.RequestOneofCase.Step)
        {
            PackedRequests.Step(_request.Step, environment);
        }
        else
        {
            PackedRequests.Reset(_request.Reset, environment);
        }
    }

    /// <inheritdoc/>
    public override Task Reply(VectorEnvironment environment, uint sequence)
    {
        _results ??= new PackedResults(environment, digests);
        _response.Sequence = sequence;
        return Write(0);
    }

    /// <summary>Writes a message of the result.</summary>
    /// <param name="index">0 .. <see cref="ResultCount"/> - 1.</param>
    public Task Write(int index)
    {
        _response.Result = _results!.Refresh(index);
        return responses.WriteAsync(_response, ended);
    }
}
