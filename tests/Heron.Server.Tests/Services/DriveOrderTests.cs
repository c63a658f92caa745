using Grpc.Core;
using Heron.Contracts.V1;
using Heron.Server.Driving;
using Heron.Server.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using ResponseCase = Heron.Contracts.V1.DriveEpisodesResponse.ResponseOneofCase;

namespace Heron.Server.Tests.Services;

/// <summary>What may be sent to a drive when, what ends it, and with which status.</summary>
public class DriveOrderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, StatusCode, string> WrongAnswers => new()
    {
        { "second open", StatusCode.FailedPrecondition, "open already" },
        { "nothing", StatusCode.InvalidArgument, "takes actions, log_action or stop" },
        { "number of the future", StatusCode.FailedPrecondition, "actions.number is 2; request 1 waits" },
        { "logged number of the past", StatusCode.FailedPrecondition, "log_action.number is 0; request 1 waits" },
        { "too few numbers", StatusCode.InvalidArgument, "actions.continuous has 4 bytes; the actions of tank_0, tank_1 take 2 numbers of 4 bytes, 8 in all" },
        { "categories", StatusCode.InvalidArgument, "actions.discrete has 4 bytes" },
        { "not a number", StatusCode.InvalidArgument, "Action of agent 'tank_1' is NaN at index 0" },
        { "declined stranger", StatusCode.InvalidArgument, "declined has agent 2; Tanks-v0 has agents 0 to 1" },
        { "declined twice", StatusCode.InvalidArgument, "declined has agent 1 ('tank_1')" },
        { "logged stranger", StatusCode.InvalidArgument, "log_action.agents has agent 9" },
        { "logged twice", StatusCode.InvalidArgument, "log_action.agents has agent 0 ('tank_0')" },
        { "logged and declined", StatusCode.InvalidArgument, "declined has agent 0 ('tank_0')" },
        { "logged infinity", StatusCode.InvalidArgument, "Action of agent 'tank_0' is Infinity" },
    };

    [Theory]
    [MemberData(nameof(WrongAnswers))]
    public async Task Answer_Wrong_EndsTheDrive(string what, StatusCode code, string fragment)
    {
        await using RunningServer server = await StartAsync();
        using DriveClient drive = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = "Tanks-v0" });
        await drive.ReadRequestAsync();

        foreach (DriveEpisodesRequest message in WrongAnswer(what))
        {
            await drive.SendAsync(message);
        }

        Assert.Contains(fragment, await RunningServer.FailsAsync(code, drive.ReadAsync), StringComparison.Ordinal);
        await AssertNoneOpenAsync(server);
    }

    [Fact]
    public async Task Answer_ASecondTime_IsRefused()
    {
        await using RunningServer server = await StartAsync();
        using DriveClient drive = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = "Tanks-v0" });
        await drive.ReadRequestAsync();
        await drive.AnswerAsync(1, [0, 0]);
        await drive.ReadRequestAsync();

        await drive.AnswerAsync(1, [0, 0]);

        string detail = await RunningServer.FailsAsync(StatusCode.FailedPrecondition, drive.ReadAsync);
        Assert.Contains("actions.number is 1; request 2 waits", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_CategoryOutOfRange_NamesTheAgent()
    {
        await using RunningServer server = await StartAsync();
        using DriveClient drive = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = "MultiAgentArena-v0" });
        await drive.ReadRequestAsync();

        await drive.AnswerAsync(1, null, [0, 4]);

        string detail = await RunningServer.FailsAsync(StatusCode.InvalidArgument, drive.ReadAsync);
        Assert.Contains("Action of agent 'agent2' is 4 at index 0; it takes a whole number from 0 to 3", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_OrHalfClose_EndsTheEpisodeAndTheCall(bool halfClose)
    {
        await using RunningServer server = await StartAsync();
        using DriveClient drive = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = "Tanks-v0", Seed = 1 });
        await drive.ReadRequestAsync();
        await drive.AnswerAsync(1, [1, 1]);
        await drive.ReadRequestAsync();
        await drive.AnswerAsync(2, [1, 1]);
        ActionRequest unanswered = await drive.ReadRequestAsync();

        await (halfClose ? drive.Call.RequestStream.CompleteAsync() : drive.SendAsync(new DriveEpisodesRequest { Stop = new DriveStop() }));

        AgentsEnded end = (await drive.ReadAsync()).AgentsEnded;
        EpisodeEnded ended = (await drive.ReadAsync()).EpisodeEnded;
        Assert.Equal([2f, 2f], WireBytes.Floats(unanswered.Rewards));
        Assert.Equal([0f, 0f], WireBytes.Floats(end.Rewards));
        Assert.Equal([2f, 2f], WireBytes.Floats(end.Observations));
        Assert.Equal([16, 16], end.Flags.ToByteArray());
        Assert.Equal((EndReason.Stopped, 2u, 2u), (ended.Summary.EndReason, ended.Summary.Steps, ended.Requests));
        Assert.False(await drive.Call.ResponseStream.MoveNext(Token));
        Assert.Equal(StatusCode.OK, drive.Call.GetStatus().StatusCode);
        await AssertNoneOpenAsync(server);
    }

    [Fact]
    public async Task Stop_RightAfterAnAnswer_CarriesThatAnswerOut()
    {
        await using RunningServer server = await StartAsync();
        DriveOpen open = new() { EnvId = "Tanks-v0", Mode = ExecutionMode.EventDriven, TEndSeconds = 10 };
        using DriveClient drive = await DriveClient.OpenAsync(server, open);
        await drive.ReadRequestAsync();

        await drive.AnswerAsync(1, [1, 1]);
        await drive.SendAsync(new DriveEpisodesRequest { Stop = new DriveStop() });

        EpisodeEnded? ended = null;
        while (await drive.Call.ResponseStream.MoveNext(Token))
        {
            ended = drive.Call.ResponseStream.Current.EpisodeEnded ?? ended;
        }

        Assert.Equal(EndReason.Stopped, ended!.Summary.EndReason);
        Assert.InRange(ended.Requests, 1u, 2u);
        Assert.All(ended.Summary.Agents, agent => Assert.True(agent.Decisions >= 1));
    }

    // The server never asks here, so it must notice the wish while it computes.
    [Fact]
    public async Task Stop_WhileTheServerComputes_IsNoticed()
    {
        using var stepping = new SemaphoreSlim(0);
        await using RunningServer server = await RunningServer.StartAsync(addEnvironments: registry => registry.Add(EndlessEnvironment.Definition("Unasked-v0", agents: 1, observationLength: 1, mustAct: false, () => stepping.Release())));
        using DriveClient drive = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = "Unasked-v0" });
        await stepping.WaitAsync(Token);

        await drive.SendAsync(new DriveEpisodesRequest { Stop = new DriveStop() });

        Assert.Equal(ResponseCase.EpisodeStarted, (await drive.ReadAsync()).ResponseCase);
        Assert.Equal(ResponseCase.AgentsEnded, (await drive.ReadAsync()).ResponseCase);
        Assert.Equal(EndReason.Stopped, (await drive.ReadAsync()).EpisodeEnded.Summary.EndReason);
    }

    [Fact]
    public async Task Drive_ClosedWithoutAMessage_EndsWell()
    {
        await using RunningServer server = await StartAsync();
        using AsyncDuplexStreamingCall<DriveEpisodesRequest, DriveEpisodesResponse> call = server.Client.DriveEpisodes(cancellationToken: Token);

        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext(Token));
    }

    [Fact]
    public async Task Drive_ClientIsGone_FreesItsThread()
    {
        await using RunningServer server = await StartAsync();
        DriveClient waiting = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = "Tanks-v0" });
        await waiting.ReadRequestAsync();
        Assert.Equal(1, Slots(server).Open);

        waiting.Dispose();

        await AssertNoneOpenAsync(server);
    }

    [Fact]
    public async Task Drive_ServerStops_EndsAsUnavailable()
    {
        RunningServer server = await StartAsync();
        using DriveClient drive = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = "Tanks-v0" });
        await drive.ReadRequestAsync();

        Task stopped = server.Host.DisposeAsync().AsTask();

        Assert.Contains("shutting down", await RunningServer.FailsAsync(StatusCode.Unavailable, drive.ReadAsync), StringComparison.Ordinal);
        await stopped.WaitAsync(TimeSpan.FromSeconds(30), Token);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Drive_NoAnswerWithinTheLease_Ends()
    {
        var time = new ManualTimeProvider();
        await using RunningServer server = await RunningServer.StartAsync(time: time);
        using DriveClient drive = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = "MultiAgentArena-v0", LeaseSeconds = 20 });
        await drive.ReadRequestAsync();
        Assert.Equal(20, drive.Opened.LeaseSeconds);

        Task<string> failure = RunningServer.FailsAsync(StatusCode.DeadlineExceeded, drive.ReadAsync);
        while (!failure.IsCompleted)
        {
            // The server may not be waiting yet when the clock moves.
            time.Advance(TimeSpan.FromSeconds(21));
            await Task.WhenAny(failure, Task.Delay(5, Token));
        }

        Assert.Contains("within 20 s (lease_seconds): the answer to request 1 of episode 1", await failure, StringComparison.Ordinal);
        await AssertNoneOpenAsync(server);
    }

    [Fact]
    public async Task Drive_MoreThanTheServerTakes_StatesTheLimit()
    {
        await using RunningServer server = await RunningServer.StartAsync(options => options.MaxDrives = 1);
        using DriveClient first = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = "MultiAgentArena-v0" });
        await first.ReadRequestAsync();

        string detail = await RunningServer.FailsAsync(StatusCode.ResourceExhausted, () => DriveClient.OpenAsync(server, new DriveOpen { EnvId = "MultiAgentArena-v0" }));

        Assert.Contains("--max-drives", detail, StringComparison.Ordinal);
        await first.SendAsync(new DriveEpisodesRequest { Stop = new DriveStop() });
        await AssertNoneOpenAsync(server);
        using DriveClient second = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = "MultiAgentArena-v0" });
    }

    [Fact]
    public async Task Drive_DefectOfTheEnvironment_IsInternal()
    {
        await using RunningServer server = await RunningServer.StartAsync(
            addEnvironments: registry => registry.Add(ScriptedEnvironment.Definition(() => throw new InvalidOperationException("the secret"))));
        server.ExpectsErrors = true;
        using DriveClient drive = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = "Scripted-v0" });
        await drive.ReadRequestAsync();

        await drive.AnswerAsync(1, [0]);

        Assert.DoesNotContain("secret", await RunningServer.FailsAsync(StatusCode.Internal, drive.ReadAsync), StringComparison.Ordinal);
        await AssertNoneOpenAsync(server);
    }

    [Fact]
    public async Task Drive_LargeRequest_ComesInMessagesOfAboutAMegabyte()
    {
        await using RunningServer server = await RunningServer.StartAsync(addEnvironments: registry => registry.Add(EndlessEnvironment.Definition("Wide-v0", agents: 6, observationLength: 100_000, mustAct: true, () => { })));
        using DriveClient drive = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = "Wide-v0", Episodes = 1, MaxSteps = 1 });
        Assert.NotNull((await drive.ReadAsync()).EpisodeStarted);
        List<ActionRequest> parts = [];
        do
        {
            DriveEpisodesResponse part = await drive.ReadAsync();
            Assert.InRange(part.CalculateSize(), 1, 1_500_000);
            parts.Add(part.ActionRequest);
        }
        while (!parts[^1].Last);

        await drive.AnswerAsync(1, new float[6]);
        List<AgentsEnded> ends = [];
        DriveEpisodesResponse told;
        while ((told = await drive.ReadAsync()).AgentsEnded is { } end)
        {
            ends.Add(end);
        }

        Assert.InRange(parts.Count, 2, 5);
        Assert.Equal([0u, 1u, 2u, 3u, 4u, 5u], parts.SelectMany(part => part.Agents));
        Assert.Equal(parts.Count, ends.Count);
        Assert.Equal([0u, 1u, 2u, 3u, 4u, 5u], ends.SelectMany(end => end.Agents));
        Assert.NotNull(told.EpisodeEnded);
    }

    private static Task<RunningServer> StartAsync() => RunningServer.StartAsync(addEnvironments: registry => registry.Add(TankEnvironment.Definition));

    private static DriveSlots Slots(RunningServer server) => server.Host.Services.GetRequiredService<DriveSlots>();

    private static Task AssertNoneOpenAsync(RunningServer server) => Waiting.UntilAsync(() => Slots(server).Open == 0);

    private static DriveEpisodesRequest[] WrongAnswer(string what)
    {
        DriveEpisodesRequest Actions(uint number, float[] continuous, int[]? discrete = null, params uint[] declined) => new()
        {
            Actions = new DriveActions { Number = number, Continuous = WireBytes.From<float>(continuous), Discrete = WireBytes.From<int>(discrete), Declined = { declined } },
        };
        DriveEpisodesRequest Log(uint number, uint agent, float action) => new() { LogAction = new LogAction { Number = number, Agents = { agent }, Continuous = WireBytes.From(action) } };
        return what switch
        {
            "second open" => [new DriveEpisodesRequest { Open = new DriveOpen { EnvId = "Tanks-v0" } }],
            "nothing" => [new DriveEpisodesRequest()],
            "number of the future" => [Actions(2, [0, 0])],
            "logged number of the past" => [Log(0, 1, 0)],
            "too few numbers" => [Actions(1, [0])],
            "categories" => [Actions(1, [0, 0], [0])],
            "not a number" => [Actions(1, [0, float.NaN])],
            "declined stranger" => [Actions(1, [0, 0], null, 2)],
            "declined twice" => [Actions(1, [0], null, 1, 1)],
            "logged stranger" => [Log(1, 9, 0)],
            "logged twice" => [Log(1, 0, 0), Log(1, 0, 0)],
            "logged and declined" => [Log(1, 0, 0), Actions(1, [0], null, 0)],
            "logged infinity" => [Log(1, 0, float.PositiveInfinity)],
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "There is no such mistake."),
        };
    }
}
