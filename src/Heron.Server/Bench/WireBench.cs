using System.Net;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Heron.Contracts.V1;
using Heron.Core.Environments;
using Heron.Server.Hosting;
using Heron.Server.Mapping;
using AutoresetMode = Heron.Contracts.V1.AutoresetMode;

namespace Heron.Server.Bench;

/// <summary>Calls to a server over loopback, one at a time. Server and client share this process, so each takes cores from the other.</summary>
/// <param name="registry">The catalogue.</param>
/// <param name="factory">The environment.</param>
/// <param name="meter">Measures.</param>
internal sealed class WireBench(EnvironmentRegistry registry, EnvironmentFactory factory, RateMeter meter)
{
    private static readonly int[] CopyCounts = [1, 64, 1024];

    /// <summary>Measures one after the other.</summary>
    public async IAsyncEnumerable<BenchFigure> RunAsync()
    {
        var options = new HeronServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) };
        await using HeronServerHost host = await HeronServerHost.StartAsync(options, registry);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var channel = GrpcChannel.ForAddress($"http://{host.Address}", new GrpcChannelOptions { HttpHandler = handler });
        var environments = new MultiAgentEnv.MultiAgentEnvClient(channel);
        yield return await MeasureHealthAsync(channel);
        yield return await MeasureStepAsync(environments);
        foreach (int copies in CopyCounts)
        {
            yield return await MeasureStreamAsync(environments, copies);
        }
    }

    // The smallest call there is: what a call costs before any environment.
    private Task<BenchFigure> MeasureHealthAsync(GrpcChannel channel)
    {
        var health = new Health.HealthClient(channel);
        var request = new HealthCheckRequest();
        return meter.MeasureAsync(BenchAreas.Wire, "unary Health/Check", "calls", 1, async () => await health.CheckAsync(request));
    }

    private async Task<BenchFigure> MeasureStepAsync(MultiAgentEnv.MultiAgentEnvClient environments)
    {
        CreateSessionResponse session = await CreateSessionAsync(environments, copies: 1);
        var step = new StepRequest { SessionId = session.SessionId };
        StepResponse last = await environments.ResetAsync(new ResetRequest { SessionId = session.SessionId, Seed = 1 });
        BenchFigure figure = await meter.MeasureAsync(BenchAreas.Wire, "unary Step, 1 copy", "environment steps", 1, async () =>
        {
            AddNeutralActions(step, last);
            last = await environments.StepAsync(step);
        });
        await CloseAsync(environments, session);
        return figure;
    }

    private async Task<BenchFigure> MeasureStreamAsync(MultiAgentEnv.MultiAgentEnvClient environments, int copies)
    {
        CreateSessionResponse session = await CreateSessionAsync(environments, copies);
        using AsyncDuplexStreamingCall<StepStreamRequest, StepStreamResponse> stream = environments.StepStream();
        await stream.RequestStream.WriteAsync(new StepStreamRequest { Open = new StreamOpen { SessionId = session.SessionId } });
        await stream.ResponseStream.MoveNext(CancellationToken.None);
        uint sequence = stream.ResponseStream.Current.Opened.NextSequence;
        await stream.RequestStream.WriteAsync(new StepStreamRequest { Sequence = sequence, Reset = new StreamReset { Seed = 1 } });
        await ReadResultAsync(stream.ResponseStream);
        var step = new StepStreamRequest
        {
            Step = new StreamStep
            {
                Continuous = ByteString.CopyFrom(new byte[sizeof(float) * factory.Spec.Layout.ContinuousLength * copies]),
                Discrete = ByteString.CopyFrom(new byte[sizeof(int) * factory.Spec.Layout.DiscreteLength * copies]),
            },
        };
        string work = $"StepStream, {copies} {(copies == 1 ? "copy" : "copies")}";
        BenchFigure figure = await meter.MeasureAsync(BenchAreas.Wire, work, "environment steps", copies, async () =>
        {
            step.Sequence = unchecked(++sequence);
            await stream.RequestStream.WriteAsync(step);
            await ReadResultAsync(stream.ResponseStream);
        });
        await stream.RequestStream.CompleteAsync();
        await CloseAsync(environments, session);
        return figure;
    }

    private async Task<CreateSessionResponse> CreateSessionAsync(MultiAgentEnv.MultiAgentEnvClient environments, int copies) =>
        await environments.CreateSessionAsync(new CreateSessionRequest
        {
            EnvId = factory.Spec.Id,
            Parameters = ParameterMapping.ToWire(factory.Spec.Parameters),
            NumEnvs = (uint)copies,
            AutoresetMode = AutoresetMode.NextStep,
        });

    private static async Task CloseAsync(MultiAgentEnv.MultiAgentEnvClient environments, CreateSessionResponse session) =>
        await environments.CloseSessionAsync(new CloseSessionRequest { SessionId = session.SessionId });

    private static async Task ReadResultAsync(IAsyncStreamReader<StepStreamResponse> responses)
    {
        do
        {
            await responses.MoveNext(CancellationToken.None);
        }
        while (!responses.Current.Result.Last);
    }

    // Which agents must act may change from step to step.
    private void AddNeutralActions(StepRequest step, StepResponse last)
    {
        step.Actions.Clear();
        foreach ((string id, AgentStep agent) in last.Agents)
        {
            if (agent.MustAct)
            {
                Core.Spaces.Space space = factory.Spec.Agents[factory.Spec.IndexOf(id)].ActionSpace;
                var action = new AgentAction();
                action.Values.AddRange(Enumerable.Repeat(0f, space.Length));
                step.Actions.Add(id, action);
            }
        }
    }
}
