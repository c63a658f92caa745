using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Heron.Contracts.V1;
using Heron.Core.Environments;
using Heron.Core.Randomness;
using Heron.Server.Sessions;
using Heron.Server.Tests.Shared;
using Heron.TestEnvironments.Probe;
using Microsoft.Extensions.DependencyInjection;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Tests.Services;

public class StepStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Every block of every message equals that of the same copies stepped in this process.
    [Theory]
    [InlineData("Probe-v0", Wire.AutoresetMode.NextStep)]
    [InlineData("Probe-v0", Wire.AutoresetMode.SameStep)]
    [InlineData("MultiAgentArena-v0", Wire.AutoresetMode.NextStep)]
    [InlineData("SimpleMicrogrids-v0", Wire.AutoresetMode.SameStep)]
    public async Task Step_InEveryMode_EqualsTheVectorEnvironment(string environmentId, Wire.AutoresetMode mode)
    {
        const int Copies = 3;
        await using RunningServer server = await RunningServer.StartAsync();
        EnvironmentFactory factory = server.Host.Services.GetRequiredService<EnvironmentRegistry>().Get(environmentId).Configure();
        using var local = new VectorEnvironment(factory, Copies, mode == Wire.AutoresetMode.SameStep ? Core.Environments.AutoresetMode.SameStep : Core.Environments.AutoresetMode.NextStep);
        CreateSessionResponse session = await server.CreateAsync(environmentId, Copies, mode);
        using StepStreamClient stream = await StepStreamClient.OpenAsync(server.Client, session.SessionId, digests: true);
        var random = new RandomStream(3);

        local.Reset(5);
        AssertEqual(local, await stream.ResetAsync(5));
        bool anyEnded = false;
        for (int i = 0; i < 130; i++)
        {
            LocalActions.Sample(local, ref random);
            PackedResult result = await stream.StepAsync(local.ContinuousActions.All.ToArray(), local.DiscreteActions.All.ToArray());
            local.Step();
            AssertEqual(local, result);
            anyEnded |= result.EnvFlags.Any(flags => (flags & 1) != 0);
        }

        Assert.True(anyEnded);
    }

    [Fact]
    public async Task Step_LargeResult_ComesInMessagesOfAboutAMegabyte()
    {
        const int Copies = 100;
        await using RunningServer server = await RunningServer.StartAsync();
        var parameters = new Dictionary<string, object> { ["num_agents"] = 1000 };
        using var local = new VectorEnvironment(ProbeEnvironment.Definition.Configure(parameters), Copies);
        var request = new CreateSessionRequest { EnvId = "Probe-v0", NumEnvs = Copies, Parameters = new() };
        request.Parameters.Fields.Add("num_agents", Google.Protobuf.WellKnownTypes.Value.ForNumber(1000));
        string id = (await server.Client.CreateSessionAsync(request, cancellationToken: Token)).SessionId;
        using StepStreamClient stream = await StepStreamClient.OpenAsync(server.Client, id, digests: true);

        local.Reset(5);
        await stream.Call.RequestStream.WriteAsync(new StepStreamRequest { Sequence = 1, Reset = new StreamReset { Seed = 5 } }, Token);
        var messages = new List<PackedResult>();
        do
        {
            StepStreamResponse response = await stream.ReadAsync();
            Assert.InRange(response.CalculateSize(), 1, 1_100_000);
            messages.Add(response.Result);
        }
        while (!messages[^1].Last);

        Assert.InRange(messages.Count, 2, 10);
        AssertEqual(local, PackedResultJoiner.Join(messages));
    }

    [Fact]
    public async Task Reset_WithMaskAndSeeds_ResetsOnlyThose()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        CreateSessionResponse session = await server.CreateAsync("Probe-v0", 3);
        using StepStreamClient stream = await StepStreamClient.OpenAsync(server.Client, session.SessionId);
        await stream.ResetAsync(5);

        PackedResult some = await stream.SendAsync(new StepStreamRequest
        {
            Sequence = 2,
            Reset = new StreamReset { Mask = ByteString.CopyFrom(0, 1, 0), Seeds = WireBytes.From<uint>(7, 8, 9) },
        });
        PackedResult followed = await stream.SendAsync(new StepStreamRequest { Sequence = 3, Reset = new StreamReset() });
        PackedResult masked = await stream.SendAsync(new StepStreamRequest { Sequence = 4, Reset = new StreamReset { Mask = ByteString.CopyFrom(0, 0, 1), Seed = 40 } });

        Assert.Equal([0, 2, 0], some.EnvFlags.ToByteArray());
        Assert.Equal([5u, 8u, 7u], WireBytes.UInts(some.EpisodeSeeds));
        Assert.Equal([EpisodeSeed.Next(5), EpisodeSeed.Next(8), EpisodeSeed.Next(7)], WireBytes.UInts(followed.EpisodeSeeds));
        Assert.Equal(42u, WireBytes.UInts(masked.EpisodeSeeds)[2]);
    }

    [Fact]
    public async Task StepStream_SecondOnTheSameSession_DisplacesTheFirst()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string id = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;
        using StepStreamClient first = await StepStreamClient.OpenAsync(server.Client, id);
        PackedResult reset = await first.ResetAsync(1);

        using StepStreamClient second = await StepStreamClient.OpenAsync(server.Client, id);

        string detail = await RunningServer.FailsAsync(StatusCode.Aborted, first.ReadAsync);
        Assert.Contains("newer stream", detail);
        Assert.Equal(2u, second.NextSequence);
        Assert.Equal(reset, await second.SendAsync(new StepStreamRequest { Sequence = 1, Reset = new StreamReset { Seed = 1 } }));
        await second.StepAsync([], [0, 0]);
    }

    [Fact]
    public async Task StepStream_HalfClosed_AnswersWhatWasAskedAndEnds()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string id = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;
        using StepStreamClient stream = await StepStreamClient.OpenAsync(server.Client, id);
        await stream.Call.RequestStream.WriteAsync(new StepStreamRequest { Sequence = 1, Reset = new StreamReset { Seed = 1 } }, Token);
        await stream.Call.RequestStream.WriteAsync(new StepStreamRequest { Sequence = 2, Step = StepStreamClient.StepOf([], [0, 0]) }, Token);
        await stream.Call.RequestStream.CompleteAsync();

        await stream.ReadResultAsync(1);
        await stream.ReadResultAsync(2);

        Assert.False(await stream.Call.ResponseStream.MoveNext(Token));
        Assert.Equal(StatusCode.OK, stream.Call.GetStatus().StatusCode);
        await Waiting.UntilAsync(() => !server.Host.Services.GetRequiredService<SessionStore>().List("").Single().StreamIsOpen);
    }

    [Fact]
    public async Task StepStream_ClosedWithoutAMessage_EndsWell()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using AsyncDuplexStreamingCall<StepStreamRequest, StepStreamResponse> call = server.Client.StepStream(cancellationToken: Token);

        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext(Token));
    }

    [Fact]
    public async Task StepStream_AThousandSessionsOnOneChannel_AllStep()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        const int Sessions = 1000;
        var streams = new List<StepStreamClient>();

        for (int i = 0; i < Sessions; i++)
        {
            streams.Add(await StepStreamClient.OpenAsync(server.Client, (await server.CreateAsync("MultiAgentArena-v0")).SessionId));
        }

        PackedResult[] resets = await Task.WhenAll(streams.Select(stream => stream.ResetAsync(1)));
        PackedResult[] steps = await Task.WhenAll(streams.Select(stream => stream.StepAsync([], [1, 2])));

        Assert.All(resets, result => Assert.Equal(resets[0], result));
        Assert.All(steps, result => Assert.Equal(steps[0], result));
        ListSessionsResponse list = await server.Client.ListSessionsAsync(new ListSessionsRequest(), cancellationToken: Token);
        Assert.Equal(Sessions, list.Sessions.Count(session => session is { StreamOpen: true, Steps: 1, StreamMessages: 3 }));
        streams.ForEach(stream => stream.Dispose());
    }

    [Fact]
    public async Task StepStream_ClientThatStopsReading_HurtsNobody()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string greedy = (await server.CreateAsync("Probe-v0", 2000)).SessionId;
        string other = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;
        using StepStreamClient deaf = await StepStreamClient.OpenAsync(server.Client, greedy);
        var writes = new List<Task>();
        for (uint sequence = 1; sequence <= 300; sequence++)
        {
            writes.Add(deaf.Call.RequestStream.WriteAsync(new StepStreamRequest { Sequence = sequence, Reset = new StreamReset { Seed = sequence } }, Token));
            await writes[^1];
        }

        // Same connection, and the same session over a new stream.
        using StepStreamClient healthy = await StepStreamClient.OpenAsync(server.Client, other);
        await healthy.ResetAsync(1);
        PackedResult step = await healthy.StepAsync([], [1, 2]);
        using StepStreamClient again = await StepStreamClient.OpenAsync(server.Client, greedy);
        PackedResult reset = await again.ResetAsync(3);

        Assert.Equal(1u, step.EnvCount);
        Assert.Equal(2000u, reset.EnvCount);
    }

    // The machine of the client freezes: the connection stays open, but nobody answers pings.
    [Fact]
    public async Task StepStream_FrozenClient_FreesItsSessionAfterTheLease()
    {
        var time = new ManualTimeProvider();
        await using RunningServer server = await RunningServer.StartAsync(options => options.KeepAliveSeconds = 1, time);
        await using var proxy = new CuttingProxy(server.Host.Address);
        using GrpcChannel channel = RunningServer.Connect(proxy.Address);
        string id = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;
        using StepStreamClient stream = await StepStreamClient.OpenAsync(new MultiAgentEnv.MultiAgentEnvClient(channel), id);
        SessionStore store = server.Host.Services.GetRequiredService<SessionStore>();

        proxy.Freeze();
        time.Advance(TimeSpan.FromHours(1));
        Assert.True(store.List("").Single().StreamIsOpen);
        await Waiting.UntilAsync(() => !store.List("").Single().StreamIsOpen);
        time.Advance(TimeSpan.FromHours(1));

        Assert.Empty(store.List(""));
    }

    private static void AssertEqual(VectorEnvironment local, PackedResult result)
    {
        Assert.Equal((uint)local.Count, result.EnvCount);
        Assert.Equal(local.Observations.Bytes.ToArray(), result.Observations.ToByteArray());
        Assert.Equal(local.Rewards.Bytes.ToArray(), result.Rewards.ToByteArray());
        Assert.Equal(local.AgentFlags.Bytes.ToArray(), result.AgentFlags.ToByteArray());
        Assert.Equal(local.CopyFlags.Bytes.ToArray(), result.EnvFlags.ToByteArray());
        Assert.Equal(local.Masks.Bytes.ToArray(), result.ActionMasks.ToByteArray());
        Assert.Equal(local.Metrics.Bytes.ToArray(), result.Metrics.ToByteArray());
        Assert.Equal(Enumerable.Range(0, local.Count).Select(local.StateDigest), WireBytes.UInts(result.StateDigests));
        AssertOnlyWhen(result.EnvFlags.Any(flags => (flags & 2) != 0), local.EpisodeSeeds, result.EpisodeSeeds);
        bool ended = local.AutoresetMode == Core.Environments.AutoresetMode.SameStep && result.EnvFlags.Any(flags => (flags & 1) != 0);
        AssertOnlyWhen(ended, local.FinalObservations, result.FinalObservations);
        AssertOnlyWhen(ended, local.FinalAgentFlags, result.FinalAgentFlags);
        AssertOnlyWhen(ended, local.FinalMetrics, result.FinalMetrics);
    }

    private static void AssertOnlyWhen<T>(bool expected, BufferBlock<T> block, ByteString bytes)
        where T : unmanaged => Assert.Equal(expected ? block.Bytes.ToArray() : [], bytes.ToByteArray());
}
