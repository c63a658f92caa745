using Google.Protobuf;
using Grpc.Core;
using Heron.Contracts.V1;
using Heron.Server.Tests.Shared;
using Microsoft.Extensions.Logging;

namespace Heron.Server.Tests.Services;

/// <summary>Calls that are refused: with which status, in which words, and without a trace.</summary>
public class CallErrorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Step_BeforeReset_NamesTheCallToMake()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string id = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;

        string detail = await RunningServer.FailsAsync(StatusCode.FailedPrecondition, () => StepAsync(server, id));

        Assert.Contains("Reset", detail);
    }

    [Fact]
    public async Task Step_AfterTheEpisodeEnded_NamesTheCallToMake()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string id = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;
        await server.Client.ResetAsync(new ResetRequest { SessionId = id }, cancellationToken: Token);
        while (!(await StepAsync(server, id, ("agent1", [0]), ("agent2", [0]))).EpisodeOver)
        {
        }

        string detail = await RunningServer.FailsAsync(StatusCode.FailedPrecondition, () => StepAsync(server, id));

        Assert.Contains("over", detail);
        Assert.Contains("Reset", detail);
    }

    [Fact]
    public async Task Step_MalformedActions_AreNamedAndUseNoNumber()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string id = (await server.CreateAsync("Probe-v0")).SessionId;
        StepResponse reset = await server.Client.ResetAsync(new ResetRequest { SessionId = id, Seed = 3 }, cancellationToken: Token);
        Assert.True(reset.Agents["mixed_1"].MustAct);
        Assert.True(reset.Agents["box_0"].MustAct);

        Task<string> Fails(params (string, float[])[] actions) => RunningServer.FailsAsync(StatusCode.InvalidArgument, () => StepAsync(server, id, actions));

        Assert.Contains("no action for agent 'box_0'", await Fails(("mixed_1", [0, 0, 0, 0])));
        Assert.Contains("no agent 'nobody'", await Fails(("nobody", [0])));
        Assert.Contains("'box_0' has 3 values; it takes 2 values", await Fails(("box_0", [0, 0, 0])));
        Assert.Contains("NaN", await Fails([("box_0", [float.NaN, 0]), .. Rest()]));
        Assert.Contains("'mixed_1' is 1.5 at index 2; it takes a whole number from 0 to 2", await Fails(("box_0", [0, 0]), ("mixed_1", [0, 0, 1.5f, 0])));
        Assert.Contains("from 0 to 2", await Fails(("box_0", [0, 0]), ("mixed_1", [0, 0, 3, 0])));
        Assert.Contains("from 0 to 2", await Fails(("box_0", [0, 0]), ("mixed_1", [0, 0, float.NaN, 0])));
        StepResponse step = await StepAsync(server, id, [("box_0", [0, 0]), .. Rest()]);
        Assert.Equal((2u, 1u), (step.Sequence, step.EpisodeStep));
    }

    [Fact]
    public async Task Step_OnManyCopies_PointsToTheStream()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string id = (await server.CreateAsync("MultiAgentArena-v0", 2)).SessionId;

        string detail = await RunningServer.FailsAsync(StatusCode.FailedPrecondition, () => StepAsync(server, id));

        Assert.Contains("StepStream", detail);
    }

    [Fact]
    public async Task Reset_WrongNumber_NamesTheExpectedOne()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string id = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;

        string detail = await RunningServer.FailsAsync(StatusCode.FailedPrecondition, () => server.Client.ResetAsync(new ResetRequest { SessionId = id, Sequence = 5 }, cancellationToken: Token).ResponseAsync);

        Assert.Contains("is 5", detail);
        Assert.Contains("expects 1", detail);
    }

    [Fact]
    public async Task Step_RepeatedWithOtherContent_IsRefused()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string id = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;
        await server.Client.ResetAsync(new ResetRequest { SessionId = id, Sequence = 1, Seed = 1 }, cancellationToken: Token);

        await RunningServer.FailsAsync(StatusCode.FailedPrecondition, () => server.Client.ResetAsync(new ResetRequest { SessionId = id, Sequence = 1, Seed = 2 }, cancellationToken: Token).ResponseAsync);

        Assert.Equal(1u, (await server.Client.ResetAsync(new ResetRequest { SessionId = id, Sequence = 1, Seed = 1 }, cancellationToken: Token)).EpisodeSeed);
    }

    [Fact]
    public async Task StepStream_MalformedBlocks_EndTheStreamButNotTheSession()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string id = (await server.CreateAsync("Probe-v0", 2)).SessionId;
        using (StepStreamClient stream = await StepStreamClient.OpenAsync(server.Client, id))
        {
            await stream.ResetAsync(1);
        }

        async Task<string> Fails(StatusCode code, StepStreamRequest request)
        {
            using StepStreamClient stream = await StepStreamClient.OpenAsync(server.Client, id);
            Assert.Equal(2u, stream.NextSequence);
            return await RunningServer.FailsAsync(code, () => stream.SendAsync(request));
        }

        static StepStreamRequest StepOf(params float[] continuous) =>
            new() { Sequence = 2, Step = StepStreamClient.StepOf(continuous, new int[2 * 8]) };

        Assert.Contains("continuous has 4 bytes", await Fails(StatusCode.InvalidArgument, StepOf(0)));
        Assert.Contains("NaN", await Fails(StatusCode.InvalidArgument, StepOf(float.NaN, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)));
        Assert.Contains("mask has 3 bytes", await Fails(StatusCode.InvalidArgument, new StepStreamRequest { Sequence = 2, Reset = new StreamReset { Mask = ByteString.CopyFrom(1, 0, 0) } }));
        Assert.Contains("mask is 2 for copy 1", await Fails(StatusCode.InvalidArgument, new StepStreamRequest { Sequence = 2, Reset = new StreamReset { Mask = ByteString.CopyFrom(1, 2) } }));
        Assert.Contains("seeds has 7 bytes", await Fails(StatusCode.InvalidArgument, new StepStreamRequest { Sequence = 2, Reset = new StreamReset { Seeds = ByteString.CopyFrom(new byte[7]) } }));
        Assert.Contains("no request", await Fails(StatusCode.InvalidArgument, new StepStreamRequest { Sequence = 2 }));
        Assert.Contains("open", await Fails(StatusCode.InvalidArgument, new StepStreamRequest { Open = new StreamOpen { SessionId = id } }));
        Assert.Contains("expects 2", await Fails(StatusCode.FailedPrecondition, new StepStreamRequest { Sequence = 9, Reset = new StreamReset() }));
    }

    [Fact]
    public async Task StepStream_WithoutOpen_IsRefused()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using AsyncDuplexStreamingCall<StepStreamRequest, StepStreamResponse> call = server.Client.StepStream(cancellationToken: Token);

        await call.RequestStream.WriteAsync(new StepStreamRequest { Reset = new StreamReset() }, Token);

        string detail = await RunningServer.FailsAsync(StatusCode.InvalidArgument, () => call.ResponseStream.MoveNext(Token));
        Assert.Contains("open", detail);
    }

    [Fact]
    public async Task AnyCall_OnAnUnknownSession_IsNotFound()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        const string Id = "0123456789abcdef";

        string detail = await RunningServer.FailsAsync(StatusCode.NotFound, () => StepAsync(server, Id));
        Assert.Contains(Id, detail);
        await RunningServer.FailsAsync(StatusCode.NotFound, () => server.Client.RenderAsync(new RenderRequest { SessionId = Id }, cancellationToken: Token).ResponseAsync);
        await RunningServer.FailsAsync(StatusCode.NotFound, () => server.Client.SaveStateAsync(new SaveStateRequest { SessionId = Id }, cancellationToken: Token).ResponseAsync);
        await RunningServer.FailsAsync(StatusCode.NotFound, () => server.Client.LoadStateAsync(new LoadStateRequest { SessionId = Id }, cancellationToken: Token).ResponseAsync);
        await RunningServer.FailsAsync(StatusCode.NotFound, () => StepStreamClient.OpenAsync(server.Client, Id));
    }

    // A name that a client sends may be longer than the trailers that would carry it back.
    [Fact]
    public async Task Step_EndlessAgentName_IsCutInTheMessage()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string id = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;
        await server.Client.ResetAsync(new ResetRequest { SessionId = id }, cancellationToken: Token);

        string detail = await RunningServer.FailsAsync(StatusCode.InvalidArgument, () => StepAsync(server, id, (new string('ü', 1_000_000), [0])));

        Assert.EndsWith("[...]", detail);
    }

    [Fact]
    public async Task AnyCall_OversizedMessage_IsExhaustedAndHurtsNobody()
    {
        await using RunningServer server = await RunningServer.StartAsync(options => options.MaxMessageMegabytes = 1);
        string id = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;
        using StepStreamClient stream = await StepStreamClient.OpenAsync(server.Client, id);
        var big = ByteString.CopyFrom(new byte[2_000_000]);

        string unary = await RunningServer.FailsAsync(StatusCode.ResourceExhausted, () => server.Client.LoadStateAsync(new LoadStateRequest { SessionId = id, State = big }, cancellationToken: Token).ResponseAsync);

        // The server refuses the message at its head, so that writing the rest of it may fail before the status is read.
        await Task.WhenAny(stream.Call.RequestStream.WriteAsync(new StepStreamRequest { Sequence = 1, Step = new StreamStep { Discrete = big } }, Token));
        string streamed = await RunningServer.FailsAsync(StatusCode.ResourceExhausted, stream.ReadAsync);

        Assert.Contains("1 MiB", unary);
        Assert.Equal(unary, streamed);
        Assert.Equal(1u, (await server.Client.ResetAsync(new ResetRequest { SessionId = id }, cancellationToken: Token)).Sequence);
    }

    [Fact]
    public async Task Step_DefectOfTheEnvironment_IsInternalLoggedOnceAndClosesTheSession()
    {
        await using RunningServer server = await RunningServer.StartAsync(
            addEnvironments: registry => registry.Add(ScriptedEnvironment.Definition(() => throw new InvalidOperationException("secret detail"))));
        server.ExpectsErrors = true;
        string id = (await server.CreateAsync("Scripted-v0")).SessionId;
        await server.Client.ResetAsync(new ResetRequest { SessionId = id }, cancellationToken: Token);

        string detail = await RunningServer.FailsAsync(StatusCode.Internal, () => StepAsync(server, id, ("agent", [0])));

        LogEntry error = Assert.Single(server.Log.Entries, entry => entry.Level >= LogLevel.Error);
        Assert.IsType<InvalidOperationException>(error.Exception);
        Assert.DoesNotContain("secret", detail);
        string traceId = detail.Split("trace id ")[1].Split('.')[0];
        Assert.Contains(traceId, error.Message);
        await RunningServer.FailsAsync(StatusCode.NotFound, () => StepAsync(server, id, ("agent", [0])));
    }

    private static (string, float[])[] Rest() =>
        [("mixed_1", [0, 0, 0, 0]), ("discrete_2", [0]), ("multidiscrete_3", [0, 0]), ("multibinary_4", [0, 0, 0]), ("box_5", [0, 0])];

    private static Task<StepResponse> StepAsync(RunningServer server, string id, params (string Agent, float[] Values)[] actions)
    {
        var request = new StepRequest { SessionId = id };
        foreach ((string agent, float[] values) in actions)
        {
            request.Actions.Add(agent, new AgentAction { Values = { values } });
        }

        return server.Client.StepAsync(request, cancellationToken: Token).ResponseAsync;
    }
}
