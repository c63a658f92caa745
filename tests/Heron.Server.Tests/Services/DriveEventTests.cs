using System.Runtime.InteropServices;
using Google.Protobuf;
using Heron.Contracts.V1;
using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Core.Scheduling;
using Heron.Server.Tests.Shared;
using ActionRequest = Heron.Contracts.V1.ActionRequest;
using CoreRequest = Heron.Core.Policies.ActionRequest;
using CoreSummary = Heron.Core.Scheduling.EpisodeSummary;
using EndReason = Heron.Contracts.V1.EndReason;

namespace Heron.Server.Tests.Services;

/// <summary>Episodes that the server drives event-driven.</summary>
public class DriveEventTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // What the client is told, and what comes of its answers, is what a source within the process sees.
    [Fact]
    public async Task Drive_Thermostat_EqualsTheSchedulerInThisProcess()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var registry = (EnvironmentRegistry)server.Host.Services.GetService(typeof(EnvironmentRegistry))!;
        using DriveClient drive = await DriveClient.OpenAsync(server, Open("Thermostat-v0", 12));
        IReadOnlyList<DriveEpisodesResponse> told = await drive.PlayAsync(0.3f);
        var local = new Recorder(0.3f);
        EventScheduler scheduler = registry.Get("Thermostat-v0").Configure().CreateEventScheduler(local);
        scheduler.Reset(7);
        scheduler.RunUntil(12, cancellationToken: Token);

        Wire(told, message => message.ActionRequest).ToList().ForEach(request => request.Metrics = ByteString.Empty);
        Assert.Equal(local.Requests, Wire(told, message => message.ActionRequest));
        Assert.True(local.Requests.Count >= 11);
        CoreSummary expected = scheduler.Summarize();
        Heron.Contracts.V1.EpisodeSummary summary = told[^1].EpisodeEnded.Summary;
        Assert.Equal(EndReason.TimeLimit, summary.EndReason);
        Assert.Equal((7u, 12.0), (summary.EpisodeSeed, summary.EndSeconds));
        Assert.Equal(expected.Events, summary.Events.Events);
        Assert.Equal(expected.EventsByKind.Values.Order(), summary.Events.EventsByKind.Values.Select(count => (long)count).Order());
        Assert.Equal((uint)expected.EventsByKind[EventKind.AgentTick], summary.Events.EventsByKind["agent_tick"]);
        Assert.Equal(expected.Agents.Select(agent => agent.Return), summary.Agents.Select(agent => agent.EpisodeReturn));
        Assert.Equal(expected.Agents.Select(agent => agent.MeanStalenessSeconds), summary.Agents.Select(agent => agent.MeanStalenessSeconds));
    }

    [Fact]
    public async Task Drive_SameSeed_TellsTheSame()
    {
        await using RunningServer server = await RunningServer.StartAsync(addEnvironments: registry => registry.Add(TankEnvironment.Definition));
        async Task<IReadOnlyList<DriveEpisodesResponse>> PlayAsync(uint seed, uint? jitterSeed = null)
        {
            DriveOpen open = Open("Tanks-v0", 8, seed);
            open.Episodes = 2;
            open.EventOptions = new() { Disturbances = new() { Random = { Rain(rate: 0.5) } }, ScheduleChanges = { new Contracts.V1.ScheduleChange { Jitter = Contracts.V1.JitterKind.Gaussian } } };
            if (jitterSeed is uint jitter)
            {
                open.EventOptions.JitterSeed = jitter;
            }

            using DriveClient drive = await DriveClient.OpenAsync(server, open);
            return await drive.PlayAsync(0.1f);
        }

        IReadOnlyList<DriveEpisodesResponse> first = await PlayAsync(3);

        Assert.Equal(first, await PlayAsync(3));
        Assert.Equal(first, await PlayAsync(3, jitterSeed: 3), new SameFirstEpisode());
        Assert.NotEqual(first, await PlayAsync(4));
        Assert.NotEqual(Times(first), Times(await PlayAsync(3, jitterSeed: 9)));
    }

    [Fact]
    public async Task Drive_Delays_ShowInTheTimesOfTheRequests()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        DriveOpen open = Open("Thermostat-v0", 3.5);
        open.EventOptions = new()
        {
            Timing = new(),
            ScheduleChanges = { new Contracts.V1.ScheduleChange { Agents = "room_a", ObservationDelaySeconds = 0.25 }, new Contracts.V1.ScheduleChange { Agents = "room_*", TickIntervalSeconds = 1.5 } },
        };
        using DriveClient drive = await DriveClient.OpenAsync(server, open);

        ActionRequest[] requests = [.. Wire(await drive.PlayAsync(0), message => message.ActionRequest)];

        Assert.Equal([1.5, 1.75, 3, 3.25], requests.Select(request => request.TimeSeconds));
        Assert.Equal([[1u], [0u], [1u], [0u]], requests.Select(request => request.Agents));
        Assert.Equal([1.5, 1.5, 3, 3], requests.Select(request => MemoryMarshal.Read<double>(request.ObservedAtSeconds.Span)));
    }

    // The actions take effect 0.25 s after the ticks at 1, 2, ...; tank 0 is full at the third run of the physics.
    [Fact]
    public async Task Drive_AgentsThatEnd_AreToldAndAskedNoMore()
    {
        await using RunningServer server = await RunningServer.StartAsync(addEnvironments: registry => registry.Add(TankEnvironment.Definition));
        using DriveClient drive = await DriveClient.OpenAsync(server, Open("Tanks-v0", 100));

        IReadOnlyList<DriveEpisodesResponse> told = await drive.PlayAsync(1);

        AgentsEnded[] ends = [.. Wire(told, message => message.AgentsEnded)];
        Assert.Equal([[0u], [1u]], ends.Select(end => end.Agents));
        Assert.All(ends, end => Assert.Equal([8], end.Flags.ToByteArray()));
        Assert.Equal([3f, 6f], ends.Select(end => Assert.Single(WireBytes.Floats(end.Observations))));
        EpisodeEnded ended = told[^1].EpisodeEnded;
        Assert.Equal(EndReason.Terminated, ended.Summary.EndReason);
        Assert.Equal(0.25, ended.Summary.Agents[1].MaxStalenessSeconds, 1e-9);

        // All rewards that were told add up to the returns.
        double[] sums = new double[2];
        foreach (ActionRequest request in Wire(told, message => message.ActionRequest))
        {
            Add(sums, request.Agents, request.Rewards);
        }

        ends.ToList().ForEach(end => Add(sums, end.Agents, end.Rewards));
        Assert.Equal(ended.Summary.Agents.Select(agent => agent.EpisodeReturn), sums);
    }

    [Fact]
    public async Task Drive_OnlyOneAgentExposed_EndsWithIt()
    {
        await using RunningServer server = await RunningServer.StartAsync(addEnvironments: registry => registry.Add(TankEnvironment.Definition));
        DriveOpen open = Open("Tanks-v0", 100);
        open.Agents.Add("tank_1");
        using DriveClient drive = await DriveClient.OpenAsync(server, open);

        IReadOnlyList<DriveEpisodesResponse> told = await drive.PlayAsync(1);

        Assert.Equal("tank_1", Assert.Single(drive.Opened.Spec.Agents).Id);
        Assert.Equal(EndReason.Terminated, told[^1].EpisodeEnded.Summary.EndReason);
        Assert.Equal("tank_1", Assert.Single(told[^1].EpisodeEnded.Summary.Agents).AgentId);
        Assert.Equal(7u, told[^1].EpisodeEnded.Requests);
    }

    [Fact]
    public async Task Drive_TimeLimit_CutsOffWithTheObservationOfThatMoment()
    {
        await using RunningServer server = await RunningServer.StartAsync(addEnvironments: registry => registry.Add(TankEnvironment.Definition));
        DriveOpen open = Open("Tanks-v0", 2.5);
        open.EventOptions = new() { Disturbances = new() { Scripted = { new ScriptedDisturbance { TimeSeconds = 2.4, Disturbance = new() { Type = "rain", Payload = { ["litres"] = 0.5 }, RequiresPhysics = false } } } } };
        using DriveClient drive = await DriveClient.OpenAsync(server, open);

        IReadOnlyList<DriveEpisodesResponse> told = await drive.PlayAsync(1);

        AgentsEnded end = told[^2].AgentsEnded;
        Assert.Equal([2.5f, 2.5f], WireBytes.Floats(end.Observations));
        Assert.Equal([16, 16], end.Flags.ToByteArray());
        Assert.Equal((EndReason.TimeLimit, 2.5, 1u), (told[^1].EpisodeEnded.Summary.EndReason, told[^1].EpisodeEnded.Summary.EndSeconds, told[^1].EpisodeEnded.Summary.Events.Disturbances));
    }

    [Fact]
    public async Task Drive_MaxEvents_EndsThere()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        DriveOpen open = Open("Thermostat-v0", 1000);
        open.MaxEvents = 30;
        using DriveClient drive = await DriveClient.OpenAsync(server, open);

        Contracts.V1.EpisodeSummary summary = (await drive.PlayAsync(0))[^1].EpisodeEnded.Summary;

        Assert.Equal((EndReason.MaxEvents, 30u), (summary.EndReason, summary.Events.Events));
    }

    [Fact]
    public async Task Drive_Declined_TakesNoEffect()
    {
        await using RunningServer server = await RunningServer.StartAsync(addEnvironments: registry => registry.Add(TankEnvironment.Definition));
        using DriveClient drive = await DriveClient.OpenAsync(server, Open("Tanks-v0", 1.5));

        ActionRequest request = await drive.ReadRequestAsync();
        await drive.AnswerAsync(request.Number, [1f], null, 0);
        AgentsEnded end = (await drive.ReadAsync()).AgentsEnded;
        EpisodeEnded ended = (await drive.ReadAsync()).EpisodeEnded;

        Assert.Equal([0f, 1f], WireBytes.Floats(end.Observations));
        Assert.Equal([0u, 1u], ended.Summary.Agents.Select(agent => agent.Effects));
    }

    private static DriveOpen Open(string environmentId, double end, uint seed = 7) =>
        new() { EnvId = environmentId, Mode = ExecutionMode.EventDriven, TEndSeconds = end, Seed = seed, Episodes = 1 };

    private static Contracts.V1.PoissonDisturbances Rain(double rate) =>
        new() { RatePerSecond = rate, Types_ = { new Contracts.V1.Disturbance { Type = "rain", Payload = { ["litres"] = 0.05 } } } };

    private static IEnumerable<T> Wire<T>(IEnumerable<DriveEpisodesResponse> told, Func<DriveEpisodesResponse, T?> part)
        where T : class => told.Select(part).OfType<T>();

    private static IEnumerable<double> Times(IEnumerable<DriveEpisodesResponse> told) => Wire(told, message => message.ActionRequest).Select(request => request.TimeSeconds);

    private static void Add(double[] sums, IEnumerable<uint> agents, ByteString rewards)
    {
        foreach ((uint agent, float reward) in agents.Zip(WireBytes.Floats(rewards)))
        {
            sums[agent] += reward;
        }
    }

    /// <summary>Lists of messages are equal when their first episodes are.</summary>
    private sealed class SameFirstEpisode : IEqualityComparer<IReadOnlyList<DriveEpisodesResponse>>
    {
        public bool Equals(IReadOnlyList<DriveEpisodesResponse>? x, IReadOnlyList<DriveEpisodesResponse>? y) => First(x!).SequenceEqual(First(y!));

        public int GetHashCode(IReadOnlyList<DriveEpisodesResponse> obj) => 0;

        private static IEnumerable<DriveEpisodesResponse> First(IReadOnlyList<DriveEpisodesResponse> told) => told.TakeWhile(message => message.EpisodeStarted is not { Episode: 2 });
    }

    /// <summary>Answers as the client does, and writes down what it is asked in the words of the wire, metrics left out.</summary>
    private sealed class Recorder(float action) : IActionSource
    {
        public List<ActionRequest> Requests { get; } = [];

        public void Act(in CoreRequest request)
        {
            List<float> observations = [], rewards = [];
            List<double> times = [];
            foreach (int agent in request.Agents)
            {
                observations.AddRange(request.Observation(agent));
                rewards.Add(request.Rewards[agent]);
                times.Add(request.ObservedAtSeconds(agent));
                request.Continuous(agent).Fill(action);
            }

            Requests.Add(new ActionRequest
            {
                Number = (uint)request.Number,
                Last = true,
                TimeSeconds = request.TimeSeconds,
                Steps = (uint)Math.Floor(request.TimeSeconds),
                Agents = { request.Agents.ToArray().Select(agent => (uint)agent) },
                Observations = WireBytes.From<float>([.. observations]),
                Rewards = WireBytes.From<float>([.. rewards]),
                ObservedAtSeconds = WireBytes.From<double>([.. times]),
            });
        }
    }
}
