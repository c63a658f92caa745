using Grpc.Core;
using Grpc.Net.Client;
using Heron.Contracts.V1;
using Heron.Server.Sessions;
using Heron.Server.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Heron.Server.Tests.Services;

/// <summary>The line breaks after the server has done the work and before the reply arrives, at every step of an episode.</summary>
public class ExactlyOnceTests
{
    private const string Environment = "MultiAgentArena-v0";
    private const uint Seed = 11;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Step_LineCutAtEveryStep_EqualsTheUncutEpisode()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await using var proxy = new CuttingProxy(server.Host.Address);
        using GrpcChannel channel = RunningServer.Connect(proxy.Address);
        var throughProxy = new MultiAgentEnv.MultiAgentEnvClient(channel);

        (List<StepResponse> uncut, string uncutId) = await RunUnaryAsync(server, server.Client, proxy: null);
        (List<StepResponse> cut, string cutId) = await RunUnaryAsync(server, throughProxy, proxy);

        Assert.Equal(uncut, cut);
        Assert.Equal((uint)uncut.Count - 1, StepsOf(server, cutId));
        Assert.Equal(StepsOf(server, uncutId), StepsOf(server, cutId));
    }

    [Fact]
    public async Task StepStream_LineCutAtEveryStep_EqualsTheUncutEpisode()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await using var proxy = new CuttingProxy(server.Host.Address);
        using GrpcChannel channel = RunningServer.Connect(proxy.Address);
        var throughProxy = new MultiAgentEnv.MultiAgentEnvClient(channel);

        (List<PackedResult> uncut, string uncutId) = await RunStreamAsync(server, server.Client, proxy: null);
        (List<PackedResult> cut, string cutId) = await RunStreamAsync(server, throughProxy, proxy);

        Assert.Equal(uncut, cut);
        Assert.Equal((uint)uncut.Count - 1, StepsOf(server, cutId));
        Assert.Equal(StepsOf(server, uncutId), StepsOf(server, cutId));
    }

    // The first caller is gone while its call runs; the repeat must neither step again nor be refused.
    [Fact]
    public async Task Step_FirstCallerGoneWhileRunning_RepeatJoins()
    {
        using var mayEnd = new SemaphoreSlim(0);
        using var hasBegun = new SemaphoreSlim(0);
        await using RunningServer server = await RunningServer.StartAsync(addEnvironments: registry => registry.Add(ScriptedEnvironment.Definition(() =>
        {
            hasBegun.Release();
            mayEnd.Wait(Token);
        })));
        await using var proxy = new CuttingProxy(server.Host.Address);
        using GrpcChannel channel = RunningServer.Connect(proxy.Address);
        var throughProxy = new MultiAgentEnv.MultiAgentEnvClient(channel);
        string id = (await server.CreateAsync("Scripted-v0")).SessionId;
        await server.Client.ResetAsync(new ResetRequest { SessionId = id, Sequence = 1 }, cancellationToken: Token);
        var request = new StepRequest { SessionId = id, Sequence = 2, Actions = { ["agent"] = new AgentAction { Values = { 0.5f } } } };

        Task<StepResponse> first = throughProxy.StepAsync(request, cancellationToken: Token).ResponseAsync;
        Assert.True(await hasBegun.WaitAsync(TimeSpan.FromSeconds(30), Token));
        proxy.Cut();
        await Assert.ThrowsAsync<RpcException>(() => first);
        Task<StepResponse> second = server.Client.StepAsync(request, cancellationToken: Token).ResponseAsync;
        await RunningServer.FailsAsync(StatusCode.Aborted, () => server.Client.ResetAsync(new ResetRequest { SessionId = id }, cancellationToken: Token).ResponseAsync);
        mayEnd.Release();

        Assert.Equal(1u, (await second).EpisodeStep);
        Assert.Equal(1u, StepsOf(server, id));
    }

    // The first caller's stream is gone while its step runs: the next stream opens when that step has ended, and repeats it.
    [Fact]
    public async Task StepStream_LineCutWhileRunning_RepeatGetsTheReplyOfThatStep()
    {
        using var mayEnd = new SemaphoreSlim(0);
        using var hasBegun = new SemaphoreSlim(0);
        await using RunningServer server = await RunningServer.StartAsync(addEnvironments: registry => registry.Add(ScriptedEnvironment.Definition(() =>
        {
            hasBegun.Release();
            mayEnd.Wait(Token);
        })));
        await using var proxy = new CuttingProxy(server.Host.Address);
        using GrpcChannel channel = RunningServer.Connect(proxy.Address);
        string id = (await server.CreateAsync("Scripted-v0")).SessionId;
        using StepStreamClient broken = await StepStreamClient.OpenAsync(new MultiAgentEnv.MultiAgentEnvClient(channel), id);
        await broken.ResetAsync(seed: 1);
        var request = new StepStreamRequest { Sequence = 2, Step = StepStreamClient.StepOf([0.5f], []) };

        Task<PackedResult> lost = broken.SendAsync(request);
        Assert.True(await hasBegun.WaitAsync(TimeSpan.FromSeconds(30), Token));
        proxy.Cut();
        await Assert.ThrowsAsync<RpcException>(() => lost);
        Task<StepStreamClient> opening = StepStreamClient.OpenAsync(server.Client, id);
        await Eventually(() => SnapshotOf(server, id).StreamMessages == 4);
        mayEnd.Release();
        using StepStreamClient stream = await opening;
        uint next = stream.NextSequence;
        PackedResult result = await stream.SendAsync(request);

        Assert.Equal(3u, next);
        Assert.Equal(1f, BitConverter.ToSingle(result.Observations.Span));
        Assert.Equal(1u, StepsOf(server, id));
    }

    // What the numbers are for. If these two did not step twice, the tests above could not tell a server that heeds numbers from one that does not.
    [Fact]
    public async Task Step_RepeatedWithoutItsNumber_StepsTwice()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await using var proxy = new CuttingProxy(server.Host.Address);
        using GrpcChannel channel = RunningServer.Connect(proxy.Address);
        var client = new MultiAgentEnv.MultiAgentEnvClient(channel);
        string id = (await server.CreateAsync(Environment)).SessionId;
        await client.ResetAsync(new ResetRequest { SessionId = id, Seed = Seed }, cancellationToken: Token);
        var step = new StepRequest { SessionId = id, Actions = { ["agent1"] = new AgentAction { Values = { 1 } }, ["agent2"] = new AgentAction { Values = { 3 } } } };

        StepResponse reply = await CallAsync(() => client.StepAsync(step, cancellationToken: Token).ResponseAsync, server, id, 2, proxy);

        Assert.Equal(2u, reply.EpisodeStep);
        Assert.Equal(2u, StepsOf(server, id));
    }

    [Fact]
    public async Task StepStream_RepeatedUnderTheNextNumber_StepsTwice()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await using var proxy = new CuttingProxy(server.Host.Address);
        using GrpcChannel channel = RunningServer.Connect(proxy.Address);
        var client = new MultiAgentEnv.MultiAgentEnvClient(channel);
        string id = (await server.CreateAsync(Environment)).SessionId;
        using StepStreamClient broken = await StepStreamClient.OpenAsync(client, id);
        await broken.ResetAsync(Seed);

        await LoseReplyAsync(() => broken.StepAsync([], [1, 3]), server, id, 2, proxy);
        using StepStreamClient stream = await StepStreamClient.OpenAsync(client, id);
        await stream.StepAsync([], [1, 3]);

        Assert.Equal(2u, StepsOf(server, id));
    }

    [Fact]
    public async Task CreateSession_LineCut_RepeatFindsTheSameSession()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await using var proxy = new CuttingProxy(server.Host.Address);
        using GrpcChannel channel = RunningServer.Connect(proxy.Address);
        var client = new MultiAgentEnv.MultiAgentEnvClient(channel);
        var request = new CreateSessionRequest { EnvId = Environment, RequestId = "one" };
        SessionStore store = server.Host.Services.GetRequiredService<SessionStore>();

        proxy.HoldReplies();
        Task<CreateSessionResponse> lost = client.CreateSessionAsync(request, cancellationToken: Token).ResponseAsync;
        await Eventually(() => store.Count == 1);
        proxy.Cut();
        await Assert.ThrowsAsync<RpcException>(() => lost);
        CreateSessionResponse found = await client.CreateSessionAsync(request, cancellationToken: Token);

        Assert.Equal(1, store.Count);
        Assert.Equal(store.List("").Single().Id, found.SessionId);
    }

    private static async Task<(List<StepResponse> Trajectory, string Id)> RunUnaryAsync(RunningServer server, MultiAgentEnv.MultiAgentEnvClient client, CuttingProxy? proxy)
    {
        CreateSessionResponse session = await server.CreateAsync(Environment);
        string id = session.SessionId;
        var reset = new ResetRequest { SessionId = id, Sequence = 1, Seed = Seed };
        List<StepResponse> trajectory = [await CallAsync(() => client.ResetAsync(reset, cancellationToken: Token).ResponseAsync, server, id, 1, proxy)];
        while (!trajectory[^1].EpisodeOver)
        {
            uint sequence = (uint)trajectory.Count + 1;
            var step = new StepRequest { SessionId = id, Sequence = sequence };
            for (int agent = 0; agent < session.Spec.Agents.Count; agent++)
            {
                step.Actions.Add(session.Spec.Agents[agent].Id, new AgentAction { Values = { MoveOf(sequence, agent) } });
            }

            trajectory.Add(await CallAsync(() => client.StepAsync(step, cancellationToken: Token).ResponseAsync, server, id, sequence, proxy));
        }

        return (trajectory, id);
    }

    private static async Task<(List<PackedResult> Trajectory, string Id)> RunStreamAsync(RunningServer server, MultiAgentEnv.MultiAgentEnvClient client, CuttingProxy? proxy)
    {
        string id = (await server.CreateAsync(Environment)).SessionId;
        StepStreamClient stream = await StepStreamClient.OpenAsync(client, id, digests: true);
        var trajectory = new List<PackedResult>();
        for (uint sequence = 1; trajectory.Count == 0 || (trajectory[^1].EnvFlags[0] & 1) == 0; sequence++)
        {
            StepStreamRequest request = sequence == 1
                ? new StepStreamRequest { Sequence = sequence, Reset = new StreamReset { Seed = Seed } }
                : new StepStreamRequest { Sequence = sequence, Step = StepStreamClient.StepOf([], [MoveOf(sequence, 0), MoveOf(sequence, 1)]) };
            if (proxy is not null)
            {
                await LoseReplyAsync(() => stream.SendAsync(request), server, id, sequence, proxy);
                stream.Dispose();
                stream = await StepStreamClient.OpenAsync(client, id, digests: true);
                Assert.Equal(sequence + 1, stream.NextSequence);
            }

            trajectory.Add(await stream.SendAsync(request));
        }

        stream.Dispose();
        return (trajectory, id);
    }

    private static async Task<StepResponse> CallAsync(Func<Task<StepResponse>> call, RunningServer server, string id, uint sequence, CuttingProxy? proxy)
    {
        if (proxy is not null)
        {
            await LoseReplyAsync(call, server, id, sequence, proxy);
        }

        return await call();
    }

    private static async Task LoseReplyAsync<T>(Func<Task<T>> call, RunningServer server, string id, uint sequence, CuttingProxy proxy)
    {
        Session session = server.Host.Services.GetRequiredService<SessionStore>().Get("", id);
        proxy.HoldReplies();
        Task<T> lost = call();
        await Eventually(() => session.Describe().NextSequence == sequence + 1);
        proxy.Cut();
        await Assert.ThrowsAsync<RpcException>(() => lost);
    }

    private static int MoveOf(uint sequence, int agent) => (int)((sequence * 7) + ((uint)agent * 3)) % 4;

    private static uint StepsOf(RunningServer server, string id) => SnapshotOf(server, id).Steps;

    private static SessionSnapshot SnapshotOf(RunningServer server, string id) =>
        server.Host.Services.GetRequiredService<SessionStore>().List("").Single(session => session.Id == id);

    private static Task Eventually(Func<bool> condition) => Waiting.UntilAsync(condition);
}
