using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Heron.Contracts.V1;

namespace Heron.Benchmarks.Wire;

/// <summary>One vector step per packed message, beside an echo of as many bytes against the same server in another process.</summary>
[MemoryDiagnoser]
public class StreamBenchmarks : IDisposable
{
    private BenchmarkServerProcess _server = null!;
    private GrpcChannel _channel = null!;
    private AsyncDuplexStreamingCall<EchoRequest, EchoReply> _echo = null!;
    private AsyncDuplexStreamingCall<StepStreamRequest, StepStreamResponse> _steps = null!;
    private EchoRequest _echoRequest = null!;
    private StepStreamRequest _step = null!;

    [Params("SimpleMicrogrids-v0", "MultiAgentArena-v0")]
    public string EnvironmentId { get; set; } = "";

    [Params(1, 64, 1024)]
    public int Copies { get; set; }

    [GlobalSetup]
    public async Task StartAsync()
    {
        _server = await BenchmarkServerProcess.StartAsync();
        _channel = GrpcChannel.ForAddress($"http://{_server.Address}");
        var environments = new MultiAgentEnv.MultiAgentEnvClient(_channel);
        CreateSessionResponse session = await environments.CreateSessionAsync(new CreateSessionRequest
        {
            EnvId = EnvironmentId,
            NumEnvs = (uint)Copies,
            AutoresetMode = AutoresetMode.NextStep,
        });
        _steps = environments.StepStream();
        await _steps.RequestStream.WriteAsync(new StepStreamRequest { Open = new StreamOpen { SessionId = session.SessionId } });
        await _steps.ResponseStream.MoveNext(CancellationToken.None);
        uint sequence = _steps.ResponseStream.Current.Opened.NextSequence;
        await _steps.RequestStream.WriteAsync(new StepStreamRequest { Sequence = sequence, Reset = new StreamReset { Seed = 1 } });
        uint replyLength = await ReadResultAsync();
        _step = new StepStreamRequest
        {
            Sequence = sequence,
            Step = new StreamStep
            {
                Continuous = ByteString.CopyFrom(new byte[sizeof(float) * session.Spec.ContinuousLength * Copies]),
                Discrete = ByteString.CopyFrom(new byte[sizeof(int) * session.Spec.DiscreteLength * Copies]),
            },
        };
        _echoRequest = new EchoRequest { Payload = ByteString.CopyFrom(new byte[_step.CalculateSize()]), ReplyLength = replyLength };
        _echo = new Echo.EchoClient(_channel).Stream();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _steps.Dispose();
        _echo.Dispose();
        _channel.Dispose();
        _server.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public async Task EchoMessage()
    {
        await _echo.RequestStream.WriteAsync(_echoRequest);
        await _echo.ResponseStream.MoveNext(CancellationToken.None);
    }

    [Benchmark]
    public async Task StepMessage()
    {
        _step.Sequence = unchecked(_step.Sequence + 1);
        await _steps.RequestStream.WriteAsync(_step);
        await ReadResultAsync();
    }

    private async Task<uint> ReadResultAsync()
    {
        int bytes = 0;
        bool last;
        do
        {
            await _steps.ResponseStream.MoveNext(CancellationToken.None);
            StepStreamResponse response = _steps.ResponseStream.Current;
            bytes += response.CalculateSize();
            last = response.Result.Last;
        }
        while (!last);
        return (uint)bytes;
    }
}
