using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using Grpc.Net.Client;
using Heron.Contracts.V1;

namespace Heron.Benchmarks.Wire;

/// <summary>One environment step per readable call, beside an echo of as many bytes against the same server in another process.</summary>
[MemoryDiagnoser]
public class UnaryBenchmarks : IDisposable
{
    private BenchmarkServerProcess _server = null!;
    private GrpcChannel _channel = null!;
    private Echo.EchoClient _echo = null!;
    private MultiAgentEnv.MultiAgentEnvClient _environments = null!;
    private StepRequest _step = null!;
    private EchoRequest _echoRequest = null!;

    [Params("SimpleMicrogrids-v0", "MultiAgentArena-v0")]
    public string EnvironmentId { get; set; } = "";

    [GlobalSetup]
    public async Task StartAsync()
    {
        _server = await BenchmarkServerProcess.StartAsync();
        _channel = GrpcChannel.ForAddress($"http://{_server.Address}");
        _echo = new Echo.EchoClient(_channel);
        _environments = new MultiAgentEnv.MultiAgentEnvClient(_channel);
        CreateSessionResponse session = await _environments.CreateSessionAsync(new CreateSessionRequest
        {
            EnvId = EnvironmentId,
            AutoresetMode = AutoresetMode.NextStep,
        });
        _step = new StepRequest { SessionId = session.SessionId };
        foreach (AgentSpec agent in session.Spec.Agents)
        {
            var action = new AgentAction();
            action.Values.Add(0);
            _step.Actions.Add(agent.Id, action);
        }

        await _environments.ResetAsync(new ResetRequest { SessionId = session.SessionId, Seed = 1 });
        StepResponse response = await _environments.StepAsync(_step);
        _echoRequest = new EchoRequest
        {
            Payload = ByteString.CopyFrom(new byte[_step.CalculateSize()]),
            ReplyLength = (uint)response.CalculateSize(),
        };
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _channel.Dispose();
        _server.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public async Task<EchoReply> EchoCall() => await _echo.UnaryAsync(_echoRequest);

    [Benchmark]
    public async Task<StepResponse> StepCall() => await _environments.StepAsync(_step);
}
