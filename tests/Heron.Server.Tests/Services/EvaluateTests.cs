using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Heron.Contracts.V1;
using Heron.Core.Environments;
using Heron.Server.Driving;
using Heron.Server.Tests.Shared;
using Heron.Simulations;
using Microsoft.Extensions.DependencyInjection;
using BuiltinPolicy = Heron.Contracts.V1.BuiltinPolicy;
using EndReason = Heron.Contracts.V1.EndReason;
using EventOptions = Heron.Contracts.V1.EventOptions;
using EventTiming = Heron.Contracts.V1.EventTiming;
using ScheduleChange = Heron.Contracts.V1.ScheduleChange;
using ScriptedDisturbance = Heron.Contracts.V1.ScriptedDisturbance;

namespace Heron.Server.Tests.Services;

/// <summary>Episodes that the server plays by itself.</summary>
public sealed class EvaluateTests : IAsyncLifetime
{
    private readonly string _runs = Directory.CreateTempSubdirectory("heron-runs-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await CommandRun.RunAsync(
        "train", "--env", "Thermostat-v0", "--num-envs", "2", "--train-batch-size", "60", "--hidden-dim", "8", "--num-sgd-iter", "1", "--iterations", "2", "--checkpoint-dir", _runs, "--experiment-name", "warm");

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_runs, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(ExecutionMode.Step)]
    [InlineData(ExecutionMode.EventDriven)]
    public async Task Evaluate_Checkpoint_GivesTheNumbersOfTheCommandLineAndOfThisProcess(ExecutionMode mode)
    {
        bool isEventDriven = mode == ExecutionMode.EventDriven;
        await using RunningServer server = await StartAsync();
        var request = new EvaluateRequest { Checkpoint = "warm/checkpoint_000002", Sampled = true, Mode = mode, Seed = 7, Episodes = 2 };
        string[] evaluate = ["evaluate", "--checkpoint", Path.Combine(_runs, "warm", "checkpoint_000002"), "--sampled", "--seed", "7", "--episodes", "2", "--json"];
        if (isEventDriven)
        {
            request.TEndSeconds = 25;
            request.EventOptions = new EventOptions { ScheduleChanges = { new ScheduleChange { Jitter = Contracts.V1.JitterKind.Gaussian, JitterRatio = 0.2 } } };
            evaluate = [.. evaluate, "--event-driven", "--t-end", "25", "--jitter", "gaussian:0.2"];
        }

        EvaluateResponse[] told = await EvaluateAsync(server, request);
        (_, string output, string error) = await CommandRun.RunAsync(evaluate);
        EpisodeReport[] local = Local(isEventDriven);

        Assert.Equal("", error);
        JsonArray printed = JsonNode.Parse(output)!["results"]!.AsArray();
        Assert.Equal([1u, 2u], told.Select(response => response.Episode));
        for (int episode = 0; episode < 2; episode++)
        {
            Contracts.V1.EpisodeSummary summary = told[episode].Summary;
            JsonNode line = printed[episode]!;
            EpisodeReport report = local[episode];
            Assert.Equal((summary.EpisodeSeed, summary.Steps, summary.TotalReturn, summary.EndSeconds), ((uint)line["seed"]!, (uint)line["steps"]!, (double)line["return"]!, (double)line["end_seconds"]!));
            Assert.Equal((summary.EpisodeSeed, (long)summary.Steps, summary.TotalReturn, summary.EndSeconds), (report.Seed, report.Steps, report.Return, report.EndSeconds));
            Assert.Equal(summary.Agents.Select(agent => agent.EpisodeReturn), line["agent_returns"]!.AsObject().Select(agent => (double)agent.Value!));
            Assert.Equal(summary.Agents.Select(agent => agent.EpisodeReturn), report.Agents.Select(agent => agent.Return));
            Assert.Equal(summary.MetricMeans["mean_error"], (double)line["metrics_per_step"]!["mean_error"]!);
            Assert.Equal(summary.MetricMeans["mean_error"], report.MetricMeans["mean_error"]);
            Assert.Equal(summary.Events?.Events, (uint?)line["events"]?["events"]);
            Assert.Equal(summary.Events?.Events, (uint?)report.Events?.Events);
            Assert.Equal(summary.Agents[0].MeanStalenessSeconds, report.AgentEvents is [{ } first, ..] ? first.MeanStalenessSeconds : 0);
        }
    }

    [Fact]
    public async Task Evaluate_NothingSaid_PlaysOneEpisodeAtRandomStepByStep()
    {
        await using RunningServer server = await StartAsync();

        EvaluateResponse response = Assert.Single(await EvaluateAsync(server, new EvaluateRequest { EnvId = "Thermostat-v0" }));

        Assert.Equal((EndReason.Truncated, 30u, 0u), (response.Summary.EndReason, response.Summary.Steps, response.Summary.EpisodeSeed));
        Assert.Null(response.Summary.Events);
    }

    [Fact]
    public async Task Evaluate_Rules_EarnMoreThanNothing()
    {
        await using RunningServer server = await StartAsync();

        EvaluateResponse rules = Assert.Single(await EvaluateAsync(server, new EvaluateRequest { EnvId = "Thermostat-v0", Builtin = BuiltinPolicy.Rules }));
        EvaluateResponse neutral = Assert.Single(await EvaluateAsync(server, new EvaluateRequest { EnvId = "Thermostat-v0", Builtin = BuiltinPolicy.Neutral }));

        Assert.True(rules.Summary.TotalReturn > neutral.Summary.TotalReturn);
    }

    [Fact]
    public async Task Evaluate_Disturbed_TellsTheDisturbances()
    {
        await using RunningServer server = await StartAsync();
        var request = new EvaluateRequest
        {
            EnvId = "Tanks-v0",
            Builtin = BuiltinPolicy.Neutral,
            Agents = { "tank_1" },
            Mode = ExecutionMode.EventDriven,
            TEndSeconds = 4,
            EventOptions = new EventOptions
            {
                Timing = new EventTiming(),
                Disturbances = new() { Scripted = { new ScriptedDisturbance { TimeSeconds = 2.5, Disturbance = new() { Type = "rain", Payload = { ["litres"] = 1 } } } } },
            },
        };

        Contracts.V1.EpisodeSummary summary = Assert.Single(await EvaluateAsync(server, request)).Summary;

        // Half a litre per second from the middle of the box, and a litre of rain: 0.5, 1, 2.5, 3.
        Assert.Equal((7.0, 1u, EndReason.TimeLimit), (summary.TotalReturn, summary.Events.Disturbances, summary.EndReason));
        Assert.Equal("tank_1", Assert.Single(summary.Agents).AgentId);
    }

    public static TheoryData<string, StatusCode, string> WrongRequests => new()
    {
        { "nothing", StatusCode.NotFound, "no environment ''" },
        { "unknown environment", StatusCode.NotFound, "Nothing-v0" },
        { "unknown checkpoint", StatusCode.NotFound, "no checkpoint 'cold' in the server's folder of runs. Runs: warm." },
        { "run without a file", StatusCode.FailedPrecondition, "checkpoint.npz" },
        { "path out", StatusCode.InvalidArgument, "checkpoint is '../" },
        { "path out in the middle", StatusCode.InvalidArgument, "it takes a path within the server's folder of runs" },
        { "path with a root", StatusCode.InvalidArgument, "it takes a path within the server's folder of runs" },
        { "no path", StatusCode.InvalidArgument, "checkpoint is ''" },
        { "link out", StatusCode.InvalidArgument, "leads out of the server's folder of runs" },
        { "sampled without a checkpoint", StatusCode.InvalidArgument, "sampled is about the policies of a checkpoint" },
        { "agents of a checkpoint", StatusCode.InvalidArgument, "agents cannot be chosen for a checkpoint" },
        { "other environment", StatusCode.InvalidArgument, "was trained on Thermostat-v0" },
        { "wrong parameter of a checkpoint", StatusCode.InvalidArgument, "wheels" },
        { "more agents than a checkpoint knows", StatusCode.InvalidArgument, "The checkpoint 'warm/best_checkpoint' does not fit these parameters (num_rooms): The tensor" },
        { "unknown policy", StatusCode.InvalidArgument, "builtin is 9" },
        { "rules of an environment without", StatusCode.InvalidArgument, "Tanks-v0 brings no rules" },
        { "unknown agent", StatusCode.InvalidArgument, "room_9" },
        { "no end", StatusCode.InvalidArgument, "t_end_seconds is missing" },
        { "no tree", StatusCode.InvalidArgument, "MultiAgentArena-v0 runs step by step only" },
        { "delay of nobody", StatusCode.InvalidArgument, "No agent of Thermostat-v0 is named 'pump'" },
        { "disturbance without its number", StatusCode.InvalidArgument, "Disturbance 'rain' has no number 'litres'" },
    };

    [Theory]
    [MemberData(nameof(WrongRequests))]
    public async Task Evaluate_Wrong_IsRefusedAndLeavesNothingBehind(string what, StatusCode code, string fragment)
    {
        await using RunningServer server = await StartAsync();

        string detail = await RunningServer.FailsAsync(code, () => EvaluateAsync(server, WrongRequest(what)));

        Assert.Contains(fragment, detail, StringComparison.Ordinal);
        Assert.DoesNotContain(_runs, detail, StringComparison.Ordinal);
        await Waiting.UntilAsync(() => server.Host.Services.GetRequiredService<DriveSlots>().Open == 0);
    }

    // The policy of the second thread would never be asked: an evaluation and a drive share the slots.
    [Fact]
    public async Task Evaluate_NoSlotLeft_IsRefusedUntilADriveEnds()
    {
        await using RunningServer server = await StartAsync(maxDrives: 1);
        using (DriveClient drive = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = "Tanks-v0" }))
        {
            await drive.ReadRequestAsync();
            string detail = await RunningServer.FailsAsync(StatusCode.ResourceExhausted, () => EvaluateAsync(server, new EvaluateRequest { EnvId = "Thermostat-v0" }));
            Assert.Contains("--max-drives", detail);
        }

        await Waiting.UntilAsync(() => server.Host.Services.GetRequiredService<DriveSlots>().Open == 0);
        Assert.Single(await EvaluateAsync(server, new EvaluateRequest { EnvId = "Thermostat-v0" }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Evaluate_EndlessAndGivenUp_EndsWithinAnEpisode(bool byDeadline)
    {
        await using RunningServer server = await StartAsync();
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var request = new EvaluateRequest { EnvId = "Thermostat-v0", Mode = ExecutionMode.EventDriven, TEndSeconds = 1e9 };
        using AsyncServerStreamingCall<EvaluateResponse> call = new Rollouts.RolloutsClient(server.Channel).Evaluate(
            request, deadline: byDeadline ? DateTime.UtcNow.AddSeconds(2) : null, cancellationToken: giveUp.Token);
        await Waiting.UntilAsync(() => server.Host.Services.GetRequiredService<DriveSlots>().Open == 1);

        if (!byDeadline)
        {
            await giveUp.CancelAsync();
        }

        await RunningServer.FailsAsync(byDeadline ? StatusCode.DeadlineExceeded : StatusCode.Cancelled, () => call.ResponseStream.MoveNext(Token));
        await Waiting.UntilAsync(() => server.Host.Services.GetRequiredService<DriveSlots>().Open == 0);
    }

    [Fact]
    public async Task Evaluate_ClientThatDoesNotRead_IsGivenUpAfterTheLease()
    {
        var time = new ManualTimeProvider();
        await using RunningServer server = await RunningServer.StartAsync(time: time);
        using AsyncServerStreamingCall<EvaluateResponse> call = new Rollouts.RolloutsClient(server.Channel).Evaluate(
            new EvaluateRequest { EnvId = "MultiAgentArena-v0", Episodes = uint.MaxValue, MaxSteps = 1 }, cancellationToken: Token);
        await Waiting.UntilAsync(() => server.Host.Services.GetRequiredService<DriveSlots>().Open == 1);

        await Waiting.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromHours(1));
            return server.Host.Services.GetRequiredService<DriveSlots>().Open == 0;
        });

        // What it did not read stands in the way of a status: the call is reset.
        await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(Token))
            {
            }
        });
        Assert.Contains(server.Log.Entries, entry => entry.Message.Contains("did not read a response within 600 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Evaluate_ServerStops_EndsAsUnavailable()
    {
        RunningServer server = await StartAsync();
        using AsyncServerStreamingCall<EvaluateResponse> call = new Rollouts.RolloutsClient(server.Channel).Evaluate(
            new EvaluateRequest { EnvId = "Thermostat-v0", Mode = ExecutionMode.EventDriven, TEndSeconds = 1e9 }, cancellationToken: Token);
        await Waiting.UntilAsync(() => server.Host.Services.GetRequiredService<DriveSlots>().Open == 1);

        Task stopped = server.Host.DisposeAsync().AsTask();

        string detail = await RunningServer.FailsAsync(StatusCode.Unavailable, () => call.ResponseStream.MoveNext(Token));
        Assert.Contains("shutting down", detail);
        await stopped;
        await server.DisposeAsync();
    }

    private Task<RunningServer> StartAsync(int maxDrives = 8) => RunningServer.StartAsync(
        options => (options.RunsFolder, options.MaxDrives) = (_runs, maxDrives), addEnvironments: registry => registry.Add(TankEnvironment.Definition));

    private static async Task<EvaluateResponse[]> EvaluateAsync(RunningServer server, EvaluateRequest request)
    {
        using AsyncServerStreamingCall<EvaluateResponse> call = new Rollouts.RolloutsClient(server.Channel).Evaluate(request, cancellationToken: Token);
        var told = new List<EvaluateResponse>();
        while (await call.ResponseStream.MoveNext(Token))
        {
            told.Add(call.ResponseStream.Current);
        }

        return [.. told];
    }

    private EpisodeReport[] Local(bool isEventDriven)
    {
        var trained = Learning.Runs.TrainedPolicies.Load(Path.Combine(_runs, "warm", "checkpoint_000002"), HeronEnvironments.AddTo(new EnvironmentRegistry()));
        var plan = new EpisodePlan(trained.Environment);
        if (isEventDriven)
        {
            plan = plan with { IsEventDriven = true, EndSeconds = 25, Changes = [new Core.Scheduling.ScheduleChange { Jitter = Core.Scheduling.JitterKind.Gaussian, JitterRatio = 0.2 }] };
        }

        return [.. new Evaluation(plan, new Learning.Training.PolicySource(trained.Policies, greedy: false)) { Episodes = 2, Seed = 7 }.Play(Token)];
    }

    private EvaluateRequest WrongRequest(string what)
    {
        switch (what)
        {
            case "nothing":
                return new EvaluateRequest();
            case "unknown environment":
                return new EvaluateRequest { EnvId = "Nothing-v0" };
            case "unknown checkpoint":
                return new EvaluateRequest { Checkpoint = "cold" };
            case "run without a file":
                Directory.CreateDirectory(Path.Combine(_runs, "empty"));
                return new EvaluateRequest { Checkpoint = "empty" };
            case "path out":
                return new EvaluateRequest { Checkpoint = $"../{Path.GetFileName(_runs)}-other" };
            case "path out in the middle":
                return new EvaluateRequest { Checkpoint = "warm/../../etc" };
            case "path with a root":
                return new EvaluateRequest { Checkpoint = Path.GetTempPath() };
            case "no path":
                return new EvaluateRequest { Checkpoint = "" };
            case "link out":
                Directory.CreateSymbolicLink(Path.Combine(_runs, "link"), Path.GetTempPath());
                return new EvaluateRequest { Checkpoint = "link" };
            case "sampled without a checkpoint":
                return new EvaluateRequest { EnvId = "Thermostat-v0", Sampled = true };
            case "agents of a checkpoint":
                return new EvaluateRequest { Checkpoint = "warm", Agents = { "room_a" } };
            case "other environment":
                return new EvaluateRequest { Checkpoint = "warm", EnvId = "Tanks-v0" };
            case "wrong parameter of a checkpoint":
                return new EvaluateRequest { Checkpoint = "warm", Parameters = new Struct { Fields = { ["wheels"] = Value.ForNumber(3) } } };
            case "more agents than a checkpoint knows":
                return new EvaluateRequest { Checkpoint = "warm", Parameters = new Struct { Fields = { ["num_rooms"] = Value.ForNumber(5) } } };
            case "unknown policy":
                return new EvaluateRequest { EnvId = "Thermostat-v0", Builtin = (BuiltinPolicy)9 };
            case "rules of an environment without":
                return new EvaluateRequest { EnvId = "Tanks-v0", Builtin = BuiltinPolicy.Rules };
            case "unknown agent":
                return new EvaluateRequest { EnvId = "Thermostat-v0", Agents = { "room_9" } };
            default:
                return WrongEvents(what);
        }
    }

    private static EvaluateRequest WrongEvents(string what)
    {
        var request = new EvaluateRequest { EnvId = "Thermostat-v0", Mode = ExecutionMode.EventDriven, TEndSeconds = 3, EventOptions = new EventOptions() };
        switch (what)
        {
            case "no end":
                request.ClearTEndSeconds();
                return request;
            case "no tree":
                request.EnvId = "MultiAgentArena-v0";
                return request;
            case "delay of nobody":
                request.EventOptions.ScheduleChanges.Add(new ScheduleChange { Agents = "pump" });
                return request;
            case "disturbance without its number":
                request.EnvId = "Tanks-v0";
                request.EventOptions.Disturbances = new() { Scripted = { new ScriptedDisturbance { Disturbance = new() { Type = "rain" } } } };
                return request;
            default:
                throw new ArgumentOutOfRangeException(nameof(what), what, "There is no such mistake.");
        }
    }
}
