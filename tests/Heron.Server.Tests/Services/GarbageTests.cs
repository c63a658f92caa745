using System.Net.Sockets;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Heron.Contracts.V1;
using Heron.Core.Randomness;
using Heron.Server.Tests.Shared;

namespace Heron.Server.Tests.Services;

/// <summary>Bytes that no client of ours would send. The server refuses them as the caller's mistake and goes on.</summary>
public class GarbageTests
{
    private const int MutationsPerMessage = 40;

    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<ulong> Seeds => [1, 2, 3];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Unary_MutatedMessages_AreNeverADefect(ulong seed)
    {
        await using RunningServer server = await RunningServer.StartAsync(options => options.MaxCopies = 64);
        var random = new RandomStream(seed);
        foreach ((string method, IMessage message) in await ValidCallsAsync(server))
        {
            for (int i = 0; i < MutationsPerMessage; i++)
            {
                byte[] bytes = Mutate(message.ToByteArray(), ref random);
                StatusCode code = await CallAsync(server, method, bytes);
                Assert.True(
                    code is not (StatusCode.Internal or StatusCode.Unknown or StatusCode.Unavailable or StatusCode.DeadlineExceeded),
                    $"{method} of {Convert.ToHexString(bytes)} gave {code}");
            }
        }

        await AssertServesAsync(server);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task StepStream_MutatedMessages_AreNeverADefect(ulong seed)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var random = new RandomStream(seed);
        string id = (await server.CreateAsync("Probe-v0", 2)).SessionId;
        byte[] open = new StepStreamRequest { Open = new StreamOpen { SessionId = id } }.ToByteArray();
        for (int i = 0; i < 3 * MutationsPerMessage; i++)
        {
            uint next = (await server.Client.RenewLeaseAsync(new RenewLeaseRequest { SessionId = id }, cancellationToken: Token)).NextSequence;
            IMessage request = i % 3 == 0
                ? new StepStreamRequest { Sequence = next, Reset = new StreamReset { Mask = ByteString.CopyFrom(1, 0), Seeds = WireBytes.From<uint>(1, 2) } }
                : new StepStreamRequest { Sequence = next, Step = StepStreamClient.StepOf(new float[12], new int[16]) };
            byte[] first = i % 4 == 0 ? Mutate(open, ref random) : open;
            StatusCode code = await StreamAsync(server, "StepStream", first, Mutate(request.ToByteArray(), ref random));
            Assert.True(code is not (StatusCode.Internal or StatusCode.Unknown or StatusCode.Unavailable or StatusCode.DeadlineExceeded), $"{code}");
        }

        await AssertServesAsync(server);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task DriveEpisodes_MutatedMessages_AreNeverADefect(ulong seed)
    {
        await using RunningServer server = await RunningServer.StartAsync(addEnvironments: registry => registry.Add(TankEnvironment.Definition));
        var random = new RandomStream(seed);
        byte[] step = new DriveEpisodesRequest { Open = new DriveOpen { EnvId = "Tanks-v0", Agents = { "tank_0", "tank_1" }, Seed = 1, Episodes = 1, MaxSteps = 9, LeaseSeconds = 2 } }.ToByteArray();
        var options = new EventOptions
        {
            Timing = new EventTiming { ActionDelays = true },
            ScheduleChanges = { new ScheduleChange { Agents = "tank_*", TickIntervalSeconds = 2, Jitter = JitterKind.Uniform, JitterRatio = 0.2 } },
            PhysicsIntervalSeconds = 0.5,
            Disturbances = new DisturbanceSchedule { Scripted = { new ScriptedDisturbance { TimeSeconds = 1, Disturbance = new Disturbance { Type = "rain", Payload = { ["litres"] = 1 } } } } },
        };
        byte[] events = new DriveEpisodesRequest
        {
            Open = new DriveOpen { EnvId = "Tanks-v0", Mode = ExecutionMode.EventDriven, TEndSeconds = 8, MaxEvents = 500, Seed = 1, Episodes = 1, LeaseSeconds = 2, EventOptions = options },
        }.ToByteArray();
        byte[] actions = new DriveEpisodesRequest { Actions = new DriveActions { Number = 1, Continuous = WireBytes.From(0.5f), Declined = { 1 } } }.ToByteArray();
        byte[] log = new DriveEpisodesRequest { LogAction = new LogAction { Number = 1, Agents = { 1 }, Continuous = WireBytes.From(0.5f) } }.ToByteArray();
        for (int i = 0; i < 4 * MutationsPerMessage; i++)
        {
            byte[] open = i % 2 == 0 ? step : events, answer = i % 3 == 0 ? log : actions;
            StatusCode code = await StreamAsync(server, "DriveEpisodes", i % 4 < 2 ? Mutate(open, ref random) : open, Mutate(answer, ref random));
            Assert.True(code is not (StatusCode.Internal or StatusCode.Unknown or StatusCode.Unavailable or StatusCode.DeadlineExceeded), $"{code}");
        }

        await AssertServesAsync(server);
    }

    // A changed number may ask for more than anybody waits for; the client leaves after a while.
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Evaluate_MutatedMessages_AreNeverADefect(ulong seed)
    {
        await using RunningServer server = await RunningServer.StartAsync(addEnvironments: registry => registry.Add(TankEnvironment.Definition));
        var random = new RandomStream(seed);
        byte[] step = new EvaluateRequest { EnvId = "Tanks-v0", Agents = { "tank_0" }, Builtin = BuiltinPolicy.Neutral, Seed = 1, Episodes = 2, MaxSteps = 9 }.ToByteArray();
        byte[] events = new EvaluateRequest
        {
            EnvId = "Tanks-v0",
            Mode = ExecutionMode.EventDriven,
            TEndSeconds = 8,
            MaxEvents = 500,
            EventOptions = new EventOptions { Timing = new EventTiming { Jitter = true }, ScheduleChanges = { new ScheduleChange { Agents = "tank_*", Jitter = JitterKind.Uniform } } },
        }.ToByteArray();
        byte[] checkpoint = new EvaluateRequest { Checkpoint = "five/checkpoint_000050", Sampled = true }.ToByteArray();
        var method = new Method<byte[], byte[]>(MethodType.ServerStreaming, "heron.v1.Rollouts", "Evaluate", Raw, Raw);
        for (int i = 0; i < 3 * MutationsPerMessage; i++)
        {
            byte[] bytes = Mutate((i % 3) switch { 0 => step, 1 => events, _ => checkpoint }, ref random);
            using AsyncServerStreamingCall<byte[]> call = server.Channel.CreateCallInvoker().AsyncServerStreamingCall(
                method, null, new CallOptions(deadline: DateTime.UtcNow.AddSeconds(1), cancellationToken: Token), bytes);
            StatusCode code = await StatusOf(ReadAllAsync(call.ResponseStream));
            Assert.True(code is not (StatusCode.Internal or StatusCode.Unknown or StatusCode.Unavailable), $"{Convert.ToHexString(bytes)} gave {code}");
        }

        await AssertServesAsync(server);
    }

    [Fact]
    public async Task Connection_ThatSpeaksNoHttp2_HurtsNobody()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var random = new RandomStream(5);
        byte[] preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();
        for (int i = 0; i < 20; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(server.Host.Address, Token);
            byte[] noise = new byte[500];
            for (int k = 0; k < noise.Length; k++)
            {
                noise[k] = (byte)random.NextUInt64();
            }

            await client.GetStream().WriteAsync(i % 2 == 0 ? noise : [.. preface, .. noise], Token);
        }

        await AssertServesAsync(server);
    }

    private static async Task<IReadOnlyList<(string Method, IMessage Message)>> ValidCallsAsync(RunningServer server)
    {
        string id = (await server.CreateAsync("Probe-v0")).SessionId;
        await server.Client.ResetAsync(new ResetRequest { SessionId = id }, cancellationToken: Token);
        SaveStateResponse saved = await server.Client.SaveStateAsync(new SaveStateRequest { SessionId = id }, cancellationToken: Token);
        var parameters = new Struct
        {
            Fields = { ["num_agents"] = Value.ForNumber(3), ["task"] = Value.ForString("push"), ["reward_weights"] = Value.ForList(Value.ForNumber(2)) },
        };
        return
        [
            ("ListEnvironments", new ListEnvironmentsRequest()),
            ("GetEnvironment", new GetEnvironmentRequest { EnvId = "Probe-v0", Parameters = parameters }),
            ("CreateSession", new CreateSessionRequest { EnvId = "Probe-v0", Parameters = parameters, NumEnvs = 2, AutoresetMode = AutoresetMode.NextStep, Agents = { "box_0" }, LeaseSeconds = 1, RequestId = "r", ContractVersion = 1 }),
            ("Reset", new ResetRequest { SessionId = id, Seed = 4 }),
            ("Step", new StepRequest { SessionId = id, Actions = { ["box_0"] = new AgentAction { Values = { 0, 1 } }, ["mixed_1"] = new AgentAction { Values = { 0, 1, 0, 0 } } } }),
            ("Render", new RenderRequest { SessionId = id, Mode = "ansi", EnvIndex = 0 }),
            ("SaveState", new SaveStateRequest { SessionId = id, DigestOnly = true }),
            ("LoadState", new LoadStateRequest { SessionId = id, State = saved.State }),
            ("RenewLease", new RenewLeaseRequest { SessionId = id }),
            ("ListSessions", new ListSessionsRequest()),
            ("CloseSession", new CloseSessionRequest { SessionId = "x" + id }),
        ];
    }

    private static async Task<StatusCode> CallAsync(RunningServer server, string name, byte[] bytes)
    {
        var method = new Method<byte[], byte[]>(MethodType.Unary, "heron.v1.MultiAgentEnv", name, Raw, Raw);
        using AsyncUnaryCall<byte[]> call = server.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(cancellationToken: Token), bytes);
        return await StatusOf(call.ResponseAsync);
    }

    private static async Task<StatusCode> StreamAsync(RunningServer server, string name, params byte[][] messages)
    {
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, "heron.v1.MultiAgentEnv", name, Raw, Raw);
        using AsyncDuplexStreamingCall<byte[], byte[]> call = server.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, new CallOptions(cancellationToken: Token));
        foreach (byte[] message in messages)
        {
            // The stream may end at any message; its status is what counts.
            await Task.WhenAny(call.RequestStream.WriteAsync(message, Token));
        }

        await Task.WhenAny(call.RequestStream.CompleteAsync());
        return await StatusOf(ReadAllAsync(call.ResponseStream));
    }

    private static async Task ReadAllAsync(IAsyncStreamReader<byte[]> responses)
    {
        while (await responses.MoveNext(Token))
        {
        }
    }

    private static async Task<StatusCode> StatusOf(Task call)
    {
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }

    private static byte[] Mutate(byte[] bytes, ref RandomStream random)
    {
        var result = new List<byte>(bytes);
        int changes = 1 + random.NextInt32(4);
        for (int i = 0; i < changes; i++)
        {
            int place = random.NextInt32(result.Count + 1);
            switch (random.NextInt32(4))
            {
                case 0:
                    result.Insert(place, (byte)random.NextUInt64());
                    break;
                case 1 when place < result.Count:
                    result.RemoveAt(place);
                    break;
                case 2:
                    result.RemoveRange(place, result.Count - place);
                    break;
                case 3 when place < result.Count:
                    result[place] ^= (byte)(1 << random.NextInt32(8));
                    break;
                default:
                    result.Add(0xFF);
                    break;
            }
        }

        return [.. result];
    }

    private static async Task AssertServesAsync(RunningServer server) =>
        Assert.NotEmpty((await server.Client.ListEnvironmentsAsync(new ListEnvironmentsRequest(), cancellationToken: Token)).Environments);
}
