using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Heron.Contracts.V1;
using Heron.Server.Tests.Shared;

namespace Heron.Server.Tests.Services;

/// <summary>Environments that a caller puts together, over the wire.</summary>
public sealed class ComposedSessionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateSession_Composition_IsInTheSpecAndSteps()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Struct parameters = JsonParser.Default.Parse<Struct>(
            """{"agents": [{"agent_id": "room", "agent_class": "room", "count": 2, "target_temperature": 21}], "simulation": {"name": "thermostat"}}""");

        CreateSessionResponse session = await server.Client.CreateSessionAsync(new CreateSessionRequest { EnvId = "Composed-v0", NumEnvs = 1, Parameters = parameters }, cancellationToken: Token);
        StepResponse reset = await server.Client.ResetAsync(new ResetRequest { SessionId = session.SessionId, Seed = 1 }, cancellationToken: Token);

        Assert.Equal(["room_0", "room_1"], session.Spec.Agents.Select(agent => agent.Id));
        Assert.Equal(21, session.Spec.Parameters.Fields["agents"].ListValue.Values[0].StructValue.Fields["target_temperature"].NumberValue);
        Assert.Equal([20f, 21f, 20f, 21f], reset.Agents["room_1"].Observation);
    }

    [Theory]
    [InlineData("""{"agents": [{"agent_id": "a", "agent_class": "room"}, {"agent_id": "b", "agent_class": "room", "coordinator": "hall"}], "simulation": {"name": "thermostat"}}""", "'agents[1].coordinator' of Composed-v0 is 'hall'")]
    [InlineData("""{"agents": [{"agent_id": "a", "agent_class": "roof"}], "simulation": {"name": "thermostat"}}""", "'agents[0].agent_class' of Composed-v0 is 'roof'")]
    [InlineData("""{"agents": [{"agent_id": "a", "agent_class": "room"}]}""", "'simulation.name' of Composed-v0 is missing")]
    [InlineData("""{"agents": [{"agent_id": "a", "agent_class": "room", "count": null}], "simulation": {"name": "thermostat"}}""", "'agents[0].count' is null")]
    public async Task CreateSession_WrongComposition_NamesThePlace(string json, string expected)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var request = new CreateSessionRequest { EnvId = "Composed-v0", NumEnvs = 1, Parameters = JsonParser.Default.Parse<Struct>(json) };

        string detail = await RunningServer.FailsAsync(StatusCode.InvalidArgument, () => server.Client.CreateSessionAsync(request, cancellationToken: Token).ResponseAsync);

        Assert.Contains(expected, detail, StringComparison.Ordinal);
    }
}
