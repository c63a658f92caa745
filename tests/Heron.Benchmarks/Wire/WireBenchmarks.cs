using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Heron.Contracts.V1;

namespace Heron.Benchmarks.Wire;

/// <summary>
/// One environment step per call, unary and on a stream, each beside an echo of as many bytes against the same server in
/// another process.
/// </summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class WireBenchmarks : IDisposable
{
    private BenchmarkServerProcess _server = null!;
    private GrpcChannel _channel = null!;
    private Echo.EchoClient _echo = null!;
    private MultiAgentEnv.MultiAgentEnvClient _environments = null!;
    private StepRequest _step = null!;
    private EchoRequest _unaryEcho = null!;
    private EchoRequest _streamEcho = null!;
    private StepStreamRequest _streamStep = null!;
    private AsyncDuplexStreamingCall<EchoRequest, EchoReply> _echoStream = null!;
    private AsyncDuplexStreamingCall<StepStreamRequest, StepStreamResponse> _stepStream = null!;

    [Params("SimpleMicrogrids-v0", "MultiAgentArena-v0")]
    public string EnvironmentId { get; set; } = "";

    [Params(1, 64, 1024)]
    public int Copies { get; set; }

    [GlobalSetup]
    public async Task StartAsync()
    {
        _server = await BenchmarkServerProcess.StartAsync();
        _channel = GrpcChannel.ForAddress($"http://{_server.Address}");
        _echo = new Echo.EchoClient(_channel);
        _environments = new MultiAgentEnv.MultiAgentEnvClient(_channel);
        await PrepareUnaryAsync();
        await PrepareStreamAsync();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _stepStream.Dispose();
        _echoStream.Dispose();
        _channel.Dispose();
        _server.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true), BenchmarkCategory("unary, one copy")]
    public async Task<EchoReply> EchoUnary() => await _echo.UnaryAsync(_unaryEcho);

    [Benchmark, BenchmarkCategory("unary, one copy")]
    public async Task<StepResponse> Step()
    {
        StepResponse response = await _environments.StepAsync(_step);
        return response.EpisodeOver
            ? await _environments.ResetAsync(new ResetRequest { SessionId = _step.SessionId })
            : response;
    }

    [Benchmark(Baseline = true), BenchmarkCategory("stream, all copies")]
    public async Task EchoStream()
    {
        await _echoStream.RequestStream.WriteAsync(_streamEcho);
        await _echoStream.ResponseStream.MoveNext(CancellationToken.None);
    }

    [Benchmark, BenchmarkCategory("stream, all copies")]
    public async Task StepStream()
    {
        _streamStep.Sequence = unchecked(_streamStep.Sequence + 1);
        await _stepStream.RequestStream.WriteAsync(_streamStep);
        await ReadResultAsync();
    }

    private async Task PrepareUnaryAsync()
    {
        CreateSessionResponse session = await _environments.CreateSessionAsync(new CreateSessionRequest { EnvId = EnvironmentId });
        _step = new StepRequest { SessionId = session.SessionId };
        foreach (AgentSpec agent in session.Spec.Agents)
        {
            var action = new AgentAction();
            action.Values.Add(0);
            _step.Actions.Add(agent.Id, action);
        }

        await _environments.ResetAsync(new ResetRequest { SessionId = session.SessionId, Seed = 1 });
        StepResponse response = await _environments.StepAsync(_step);
        _unaryEcho = EchoOf(_step.CalculateSize(), response.CalculateSize());
    }

    private async Task PrepareStreamAsync()
    {
        CreateSessionResponse session = await _environments.CreateSessionAsync(new CreateSessionRequest
        {
            EnvId = EnvironmentId,
            Parameters = new Struct(),
            NumEnvs = (uint)Copies,
            AutoresetMode = AutoresetMode.NextStep,
        });
        _stepStream = _environments.StepStream();
        await _stepStream.RequestStream.WriteAsync(new StepStreamRequest { Open = new StreamOpen { SessionId = session.SessionId } });
        await _stepStream.ResponseStream.MoveNext(CancellationToken.None);
        uint sequence = _stepStream.ResponseStream.Current.Opened.NextSequence;
        await _stepStream.RequestStream.WriteAsync(new StepStreamRequest { Sequence = sequence, Reset = new StreamReset { Seed = 1 } });
        int replyLength = await ReadResultAsync();
        _streamStep = new StepStreamRequest
        {
            Sequence = sequence,
            Step = new StreamStep
            {
                Continuous = ByteString.CopyFrom(new byte[sizeof(float) * session.Spec.ContinuousLength * Copies]),
                Discrete = ByteString.CopyFrom(new byte[sizeof(int) * session.Spec.DiscreteLength * Copies]),
            },
        };
        _streamEcho = EchoOf(_streamStep.CalculateSize(), replyLength);
        _echoStream = _echo.Stream();
    }

    private async Task<int> ReadResultAsync()
    {
        int bytes = 0;
        bool last;
        do
        {
            await _stepStream.ResponseStream.MoveNext(CancellationToken.None);
            StepStreamResponse response = _stepStream.ResponseStream.Current;
            bytes += response.CalculateSize();
            last = response.Result.Last;
        }
        while (!last);
        return bytes;
    }

    private static EchoRequest EchoOf(int requestBytes, int replyBytes) => new()
    {
        Payload = ByteString.CopyFrom(new byte[requestBytes]),
        ReplyLength = (uint)replyBytes,
    };
}
