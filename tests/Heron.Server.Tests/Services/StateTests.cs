using Grpc.Core;
using Heron.Contracts.V1;
using Heron.Server.Tests.Shared;

namespace Heron.Server.Tests.Services;

public class StateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LoadState_InAnotherSession_ContinuesBitForBit()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string original = (await server.CreateAsync("SimpleMicrogrids-v0", 4, AutoresetMode.NextStep)).SessionId;
        string restored = (await server.CreateAsync("SimpleMicrogrids-v0", 4, AutoresetMode.NextStep)).SessionId;
        using StepStreamClient first = await StepStreamClient.OpenAsync(server.Client, original, digests: true);
        PackedResult last = await first.ResetAsync(1);
        for (int i = 0; i < 5; i++)
        {
            last = await first.StepAsync(ActionsOf(i, last), []);
        }

        SaveStateResponse saved = await server.Client.SaveStateAsync(new SaveStateRequest { SessionId = original }, cancellationToken: Token);
        LoadStateResponse loaded = await server.Client.LoadStateAsync(new LoadStateRequest { SessionId = restored, Sequence = 1, State = saved.State }, cancellationToken: Token);
        LoadStateResponse repeated = await server.Client.LoadStateAsync(new LoadStateRequest { SessionId = restored, Sequence = 1, State = saved.State }, cancellationToken: Token);
        using StepStreamClient second = await StepStreamClient.OpenAsync(server.Client, restored, digests: true);

        Assert.Equal(WireBytes.UInts(last.StateDigests), saved.StateDigests);
        Assert.Equal(saved.StateDigests, loaded.StateDigests);
        Assert.Equal(loaded, repeated);
        Assert.Equal(2u, second.NextSequence);
        PackedResult result = PackedResultJoiner.Join(loaded.Results);
        Assert.Equal(last.Observations, result.Observations);
        Assert.Equal(last.AgentFlags, result.AgentFlags);
        Assert.Equal(4, WireBytes.UInts(result.EpisodeSeeds).Length);
        for (int i = 5; i < 40; i++)
        {
            float[] actions = ActionsOf(i, last);
            Assert.Equal((await first.StepAsync(actions, [])).StateDigests, (await second.StepAsync(actions, [])).StateDigests);
        }
    }

    [Fact]
    public async Task SaveState_DigestOnly_LeavesTheStateOut()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string id = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;
        await server.Client.ResetAsync(new ResetRequest { SessionId = id }, cancellationToken: Token);

        SaveStateResponse digest = await server.Client.SaveStateAsync(new SaveStateRequest { SessionId = id, DigestOnly = true }, cancellationToken: Token);

        Assert.Empty(digest.State);
        Assert.Single(digest.StateDigests);
    }

    [Fact]
    public async Task SaveState_BeforeReset_NamesTheCallToMake()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string id = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;

        string detail = await RunningServer.FailsAsync(StatusCode.FailedPrecondition, () => server.Client.SaveStateAsync(new SaveStateRequest { SessionId = id }, cancellationToken: Token).ResponseAsync);

        Assert.Contains("Reset", detail);
    }

    [Fact]
    public async Task LoadState_OfAnotherEnvironment_IsRefusedAndChangesNothing()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string arena = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;
        string probe = (await server.CreateAsync("Probe-v0")).SessionId;
        await server.Client.ResetAsync(new ResetRequest { SessionId = arena }, cancellationToken: Token);
        StepResponse before = await server.Client.ResetAsync(new ResetRequest { SessionId = probe, Seed = 4 }, cancellationToken: Token);
        SaveStateResponse saved = await server.Client.SaveStateAsync(new SaveStateRequest { SessionId = arena }, cancellationToken: Token);

        string detail = await RunningServer.FailsAsync(StatusCode.InvalidArgument, () => server.Client.LoadStateAsync(new LoadStateRequest { SessionId = probe, State = saved.State }, cancellationToken: Token).ResponseAsync);

        Assert.Contains("environment", detail);
        Assert.Equal(before, await server.Client.ResetAsync(new ResetRequest { SessionId = probe, Seed = 4, Sequence = 1 }, cancellationToken: Token));
    }

    [Fact]
    public async Task Render_EveryCase_DrawsOrSaysWhyNot()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string id = (await server.CreateAsync("MultiAgentArena-v0")).SessionId;
        Task<RenderResponse> Render(string mode = "", uint index = 0) =>
            server.Client.RenderAsync(new RenderRequest { SessionId = id, Mode = mode, EnvIndex = index }, cancellationToken: Token).ResponseAsync;

        Assert.Contains("Reset", await RunningServer.FailsAsync(StatusCode.FailedPrecondition, () => Render()));
        await server.Client.ResetAsync(new ResetRequest { SessionId = id }, cancellationToken: Token);

        Assert.Contains("1", (await Render()).Text);
        Assert.Equal((await Render()).Text, (await Render("ansi")).Text);
        Assert.Contains("ansi", await RunningServer.FailsAsync(StatusCode.InvalidArgument, () => Render("svg")));
        Assert.Contains("copies 0 to 0", await RunningServer.FailsAsync(StatusCode.InvalidArgument, () => Render(index: uint.MaxValue)));
    }

    private static float[] ActionsOf(int step, PackedResult last) =>
        [.. Enumerable.Range(0, 4 * 3 * 2).Select(i => MathF.Sin(step + i) + (last.EnvCount * 0.01f))];
}
