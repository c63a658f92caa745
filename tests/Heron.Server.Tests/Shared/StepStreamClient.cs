using Google.Protobuf;
using Grpc.Core;
using Heron.Contracts.V1;

namespace Heron.Server.Tests.Shared;

/// <summary>An open StepStream, used like a client would: write a request, read until its last message.</summary>
public sealed class StepStreamClient : IDisposable
{
    private readonly AsyncDuplexStreamingCall<StepStreamRequest, StepStreamResponse> _call;

    private StepStreamClient(AsyncDuplexStreamingCall<StepStreamRequest, StepStreamResponse> call) => _call = call;

    public AsyncDuplexStreamingCall<StepStreamRequest, StepStreamResponse> Call => _call;

    public uint NextSequence { get; private set; }

    public static async Task<StepStreamClient> OpenAsync(MultiAgentEnv.MultiAgentEnvClient client, string sessionId, bool digests = false)
    {
        var stream = new StepStreamClient(client.StepStream(cancellationToken: TestContext.Current.CancellationToken));
        await stream._call.RequestStream.WriteAsync(
            new StepStreamRequest { Open = new StreamOpen { SessionId = sessionId, StateDigests = digests } }, TestContext.Current.CancellationToken);
        stream.NextSequence = (await stream.ReadAsync()).Opened.NextSequence;
        return stream;
    }

    public Task<PackedResult> ResetAsync(uint seed) => SendAsync(new StepStreamRequest { Sequence = NextSequence, Reset = new StreamReset { Seed = seed } });

    public Task<PackedResult> StepAsync(float[] continuous, int[] discrete) =>
        SendAsync(new StepStreamRequest { Sequence = NextSequence, Step = StepOf(continuous, discrete) });

    public static StreamStep StepOf(float[] continuous, int[] discrete) => new()
    {
        Continuous = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes(continuous.AsSpan())),
        Discrete = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes(discrete.AsSpan())),
    };

    /// <summary>Sends a request and puts the messages of its result together.</summary>
    public async Task<PackedResult> SendAsync(StepStreamRequest request)
    {
        try
        {
            await _call.RequestStream.WriteAsync(request, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // The line broke while the write was still waiting for its turn; reading tells what became of the call.
        }

        PackedResult result = await ReadResultAsync(request.Sequence);
        NextSequence = unchecked(request.Sequence + 1);
        return result;
    }

    public async Task<PackedResult> ReadResultAsync(uint sequence)
    {
        var messages = new List<PackedResult>();
        do
        {
            StepStreamResponse response = await ReadAsync();
            Assert.Equal(sequence, response.Sequence);
            messages.Add(response.Result);
        }
        while (!messages[^1].Last);
        return PackedResultJoiner.Join(messages);
    }

    public async Task<StepStreamResponse> ReadAsync() => await _call.ResponseStream.MoveNext(TestContext.Current.CancellationToken)
        ? _call.ResponseStream.Current
        : throw new InvalidOperationException("The stream has ended.");

    public void Dispose() => _call.Dispose();
}
