using System.Runtime.InteropServices;
using Heron.Contracts.V1;
using Heron.Server.Tests.Shared;

namespace Heron.Server.Tests.Services;

public class SteppingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Step_OnTheArena_EqualsTheStreamOfTheSameActions()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        CreateSessionResponse readable = await server.CreateAsync("MultiAgentArena-v0");
        CreateSessionResponse packed = await server.CreateAsync("MultiAgentArena-v0");
        using StepStreamClient stream = await StepStreamClient.OpenAsync(server.Client, packed.SessionId);

        StepResponse reset = await server.Client.ResetAsync(new ResetRequest { SessionId = readable.SessionId, Seed = 1 }, cancellationToken: Token);
        PackedResult packedReset = await stream.ResetAsync(1);

        Assert.Equal(1u, reset.Sequence);
        Assert.True(reset.WasReset);
        Assert.Equal(Flat(readable.Spec, reset), Floats(packedReset.Observations));
        for (int i = 0; i < 20; i++)
        {
            var request = new StepRequest { SessionId = readable.SessionId };
            int[] moves = [i % 4, (i + 1) % 4];
            for (int agent = 0; agent < 2; agent++)
            {
                request.Actions.Add(readable.Spec.Agents[agent].Id, new AgentAction { Values = { moves[agent] } });
            }

            StepResponse step = await server.Client.StepAsync(request, cancellationToken: Token);
            PackedResult packedStep = await stream.StepAsync([], moves);

            Assert.Equal((uint)i + 1, step.EpisodeStep);
            Assert.Equal(Flat(readable.Spec, step), Floats(packedStep.Observations));
            Assert.Equal(readable.Spec.Agents.Select(agent => step.Agents[agent.Id].Reward), Floats(packedStep.Rewards));
        }
    }

    private static float[] Flat(EnvironmentSpec spec, StepResponse step) => [.. spec.Agents.SelectMany(agent => step.Agents[agent.Id].Observation)];

    private static float[] Floats(Google.Protobuf.ByteString bytes) => MemoryMarshal.Cast<byte, float>(bytes.Span).ToArray();
}
