using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Heron.Contracts.V1;
using Heron.Server.Tests.Shared;

namespace Heron.Server.Tests.Services;

public class SessionLifeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListEnvironments_Always_NamesAllWithSummaries()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        ListEnvironmentsResponse list = await server.Client.ListEnvironmentsAsync(new ListEnvironmentsRequest(), cancellationToken: Token);

        Assert.Contains("MultiAgentArena-v0", list.Environments.Select(environment => environment.Id));
        Assert.All(list.Environments, environment => Assert.NotEmpty(environment.Summary));
    }

    [Fact]
    public async Task GetEnvironment_OfProbe_TellsParametersSpacesAndLengths()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var request = new GetEnvironmentRequest { EnvId = "Probe-v0", Parameters = new Struct { Fields = { ["num_agents"] = Value.ForNumber(5) } } };

        GetEnvironmentResponse card = await server.Client.GetEnvironmentAsync(request, cancellationToken: Token);

        Assert.Equal(5, card.Spec.Parameters.Fields["num_agents"].NumberValue);
        Assert.Equal(
            [Space.KindOneofCase.Box, Space.KindOneofCase.Mixed, Space.KindOneofCase.Discrete, Space.KindOneofCase.MultiDiscrete, Space.KindOneofCase.MultiBinary],
            card.Spec.Agents.Select(agent => agent.ActionSpace.KindCase));
        Assert.Equal([-1f, 0f], card.Spec.Agents[0].ActionSpace.Box.Low);
        Assert.Equal([-1f], card.Spec.Agents[1].ActionSpace.Mixed.C.Low);
        Assert.Equal([2u, 3u], card.Spec.Agents[1].ObservationSpace.Box.Shape);
        Assert.Equal((uint)(2 + 2), card.Spec.ContinuousLength);
        Assert.Equal((uint)(2 + 1 + 2 + 3), card.Spec.DiscreteLength);
        Parameter agents = card.Parameters.Single(parameter => parameter.Name == "num_agents");
        Assert.Equal(("int", 6, 1, 1000), (agents.Type, agents.DefaultValue.NumberValue, agents.Minimum, agents.Maximum));
        Parameter task = card.Parameters.Single(parameter => parameter.Name == "task");
        Assert.False(task.HasMinimum);
        Assert.Equal(["near", "push"], task.Choices);
        Assert.NotEmpty(card.VersionHistory);
    }

    [Fact]
    public async Task GetEnvironment_Unknown_NamesThoseThereAre()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        string detail = await RunningServer.FailsAsync(StatusCode.NotFound, () => server.Client.GetEnvironmentAsync(new GetEnvironmentRequest { EnvId = "Nope-v0" }, cancellationToken: Token).ResponseAsync);

        Assert.Contains("'Nope-v0'", detail);
        Assert.Contains("MultiAgentArena-v0", detail);
    }

    [Fact]
    public async Task GetEnvironment_WrongParameter_NamesItItsValueAndTheRange()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        Task<string> Fails(string name, Value value) => RunningServer.FailsAsync(StatusCode.InvalidArgument, () => server.Client.GetEnvironmentAsync(
            new GetEnvironmentRequest { EnvId = "Probe-v0", Parameters = new Struct { Fields = { [name] = value } } }, cancellationToken: Token).ResponseAsync);

        Assert.Contains("1 to 1000", await Fails("num_agents", Value.ForNumber(0)));
        Assert.Contains("whole number", await Fails("num_agents", Value.ForString("many")));
        Assert.Contains("it has: num_agents", await Fails("agents", Value.ForNumber(2)));
        Assert.Contains("null", await Fails("noise", Value.ForNull()));
        Assert.Contains("list", await Fails("reward_weights", Value.ForList(Value.ForBool(true))));
    }

    [Fact]
    public async Task CreateSession_Defaults_AreTold()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        CreateSessionResponse session = await server.CreateAsync("MultiAgentArena-v0");

        Assert.Equal(1u, session.NumEnvs);
        Assert.Equal(AutoresetMode.Disabled, session.AutoresetMode);
        Assert.Equal(600, session.LeaseSeconds);
        Assert.Equal(1u, session.NextSequence);
        Assert.Equal(1u, session.ContractVersion);
        Assert.NotEmpty(session.ServerVersion);
        Assert.Equal(2, session.Spec.Agents.Count);
    }

    [Fact]
    public async Task CreateSession_OtherContractVersion_NamesBoth()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        string detail = await RunningServer.FailsAsync(StatusCode.FailedPrecondition, () => server.Client.CreateSessionAsync(
            new CreateSessionRequest { EnvId = "MultiAgentArena-v0", ContractVersion = 7 }, cancellationToken: Token).ResponseAsync);

        Assert.Contains("version 7", detail);
        Assert.Contains("speaks 1", detail);
    }

    [Fact]
    public async Task CreateSession_SomeAgents_ExposesOnlyThose()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        CreateSessionResponse session = await server.Client.CreateSessionAsync(
            new CreateSessionRequest { EnvId = "MultiAgentArena-v0", Agents = { "agent2" }, OneHotObservations = true }, cancellationToken: Token);
        StepResponse reset = await server.Client.ResetAsync(new ResetRequest { SessionId = session.SessionId }, cancellationToken: Token);

        Assert.Equal(["agent2"], session.Spec.Agents.Select(agent => agent.Id));
        Assert.Equal(["agent2"], reset.Agents.Keys);
        Assert.Equal(session.Spec.ObservationLength, (uint)reset.Agents["agent2"].Observation.Count);
        string detail = await RunningServer.FailsAsync(StatusCode.InvalidArgument, () => server.Client.CreateSessionAsync(
            new CreateSessionRequest { EnvId = "MultiAgentArena-v0", Agents = { "agent3" } }, cancellationToken: Token).ResponseAsync);
        Assert.Contains("agent3", detail);
    }

    [Fact]
    public async Task CreateSession_BeyondALimit_IsExhausted()
    {
        await using RunningServer server = await RunningServer.StartAsync(options => options.MaxCopies = 4);

        string detail = await RunningServer.FailsAsync(StatusCode.ResourceExhausted, () => server.CreateAsync("MultiAgentArena-v0", 5));

        Assert.Contains("limit of 4", detail);
    }

    [Fact]
    public async Task CloseSession_Twice_SaysSo()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string id = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;

        CloseSessionResponse first = await server.Client.CloseSessionAsync(new CloseSessionRequest { SessionId = id }, cancellationToken: Token);
        CloseSessionResponse second = await server.Client.CloseSessionAsync(new CloseSessionRequest { SessionId = id }, cancellationToken: Token);

        Assert.True(first.WasOpen);
        Assert.False(second.WasOpen);
        await RunningServer.FailsAsync(StatusCode.NotFound, () => server.Client.RenewLeaseAsync(new RenewLeaseRequest { SessionId = id }, cancellationToken: Token).ResponseAsync);
    }

    [Fact]
    public async Task CloseSession_WithAnOpenStream_EndsTheStream()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string id = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;
        using StepStreamClient stream = await StepStreamClient.OpenAsync(server.Client, id);

        await server.Client.CloseSessionAsync(new CloseSessionRequest { SessionId = id }, cancellationToken: Token);

        await RunningServer.FailsAsync(StatusCode.NotFound, stream.ReadAsync);
    }

    [Fact]
    public async Task ListSessions_AfterSteps_CountsThem()
    {
        var time = new ManualTimeProvider();
        await using RunningServer server = await RunningServer.StartAsync(time: time);
        string id = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;
        using (StepStreamClient stream = await StepStreamClient.OpenAsync(server.Client, id))
        {
            await stream.ResetAsync(1);
            await stream.StepAsync([], [0, 0]);
            await stream.StepAsync([], [1, 1]);
            await stream.Call.RequestStream.CompleteAsync();
            Assert.False(await stream.Call.ResponseStream.MoveNext(Token));
        }

        time.Advance(TimeSpan.FromSeconds(10));
        SessionSummary summary = (await server.Client.ListSessionsAsync(new ListSessionsRequest(), cancellationToken: Token)).Sessions.Single();

        Assert.Equal(
            new SessionSummary { SessionId = id, EnvId = "MultiAgentArena-v0", NumEnvs = 1, AgeSeconds = 10, LeaseRemainingSeconds = 590, NextSequence = 4, Steps = 2, StreamMessages = 4 },
            summary);
    }

    [Fact]
    public async Task RenewLease_BeforeItsEnd_KeepsTheSession()
    {
        var time = new ManualTimeProvider();
        await using RunningServer server = await RunningServer.StartAsync(time: time);
        CreateSessionResponse session = await server.Client.CreateSessionAsync(new CreateSessionRequest { EnvId = "MultiAgentArena-v0", LeaseSeconds = 5 }, cancellationToken: Token);
        var renew = new RenewLeaseRequest { SessionId = session.SessionId };

        time.Advance(TimeSpan.FromSeconds(4));
        RenewLeaseResponse renewed = await server.Client.RenewLeaseAsync(renew, cancellationToken: Token);
        time.Advance(TimeSpan.FromSeconds(4));
        await server.Client.RenewLeaseAsync(renew, cancellationToken: Token);
        time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal((5f, 1u), (renewed.LeaseSeconds, renewed.NextSequence));
        string detail = await RunningServer.FailsAsync(StatusCode.NotFound, () => server.Client.RenewLeaseAsync(renew, cancellationToken: Token).ResponseAsync);
        Assert.Contains("CreateSession", detail);
    }
}
