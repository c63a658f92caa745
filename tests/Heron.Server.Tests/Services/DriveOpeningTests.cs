using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Heron.Contracts.V1;
using Heron.Server.Driving;
using Heron.Server.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Heron.Server.Tests.Services;

/// <summary>Openings of a drive that are refused, and with which status.</summary>
public class DriveOpeningTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, StatusCode, string> WrongOpenings => new()
    {
        { "not open", StatusCode.InvalidArgument, "first message of a drive must be open" },
        { "unknown environment", StatusCode.NotFound, "Nothing-v0" },
        { "wrong parameter", StatusCode.InvalidArgument, "wheels" },
        { "unknown agent", StatusCode.InvalidArgument, "tank_7" },
        { "no episodes", StatusCode.InvalidArgument, "episodes is 0" },
        { "other contract", StatusCode.FailedPrecondition, "contract version 7" },
        { "long lease", StatusCode.InvalidArgument, "lease_seconds is 1E+09" },
        { "unknown mode", StatusCode.InvalidArgument, "mode is 9" },
        { "no tree", StatusCode.InvalidArgument, "MultiAgentArena-v0 runs step by step only" },
        { "no end", StatusCode.InvalidArgument, "t_end_seconds is missing" },
        { "endless", StatusCode.InvalidArgument, "t_end_seconds is Infinity" },
        { "end beyond time", StatusCode.InvalidArgument, "1E+300" },
        { "no events", StatusCode.InvalidArgument, "max_events is 0" },
        { "no steps", StatusCode.InvalidArgument, "max_steps is 0" },
        { "steps of events", StatusCode.InvalidArgument, "max_steps belongs to episodes step by step" },
        { "end of steps", StatusCode.InvalidArgument, "t_end_seconds belongs to event-driven episodes" },
        { "options of steps", StatusCode.InvalidArgument, "event_options belongs to event-driven episodes" },
        { "negative delay", StatusCode.InvalidArgument, "schedule_changes[0].action_delay_seconds is -1" },
        { "endless tick", StatusCode.InvalidArgument, "schedule_changes[1].tick_interval_seconds is 1E+300; it takes a number of simulated seconds from 1E-09 to below 9200000000" },
        { "unknown ratio", StatusCode.InvalidArgument, "schedule_changes[0].jitter_ratio is NaN" },
        { "physics without an interval", StatusCode.InvalidArgument, "physics_interval_seconds is 0" },
        { "late script", StatusCode.InvalidArgument, "disturbances.scripted[0].time_seconds is Infinity" },
        { "disturbance without a size", StatusCode.InvalidArgument, "'litres' of disturbance 'rain' in disturbances.scripted[0] is NaN" },
        { "delay of nobody", StatusCode.InvalidArgument, "No agent of Tanks-v0 is named 'pump_*'" },
        { "unknown jitter", StatusCode.InvalidArgument, "jitter is 8" },
        { "unknown sampling", StatusCode.InvalidArgument, "observation_sampling is 8" },
        { "nameless disturbance", StatusCode.InvalidArgument, "has no type" },
        { "rate of 0", StatusCode.InvalidArgument, "rate of 0" },
        { "undisturbed environment", StatusCode.InvalidArgument, "Thermostat-v0 knows no disturbances" },
        { "more disturbances than time has", StatusCode.ResourceExhausted, "1048576 events wait to happen" },
        { "disturbance without its number", StatusCode.InvalidArgument, "Disturbance 'rain' has no number 'litres'" },
    };

    [Theory]
    [MemberData(nameof(WrongOpenings))]
    public async Task Open_Wrong_IsRefused(string what, StatusCode code, string fragment)
    {
        await using RunningServer server = await RunningServer.StartAsync(addEnvironments: registry => registry.Add(TankEnvironment.Definition));
        using AsyncDuplexStreamingCall<DriveEpisodesRequest, DriveEpisodesResponse> call = server.Client.DriveEpisodes(cancellationToken: Token);
        await call.RequestStream.WriteAsync(WrongOpening(what), Token);

        string detail = await RunningServer.FailsAsync(code, async () =>
        {
            while (await call.ResponseStream.MoveNext(Token))
            {
            }
        });

        Assert.Contains(fragment, detail, StringComparison.Ordinal);
        await Waiting.UntilAsync(() => server.Host.Services.GetRequiredService<DriveSlots>().Open == 0);
    }

    private static DriveEpisodesRequest WrongOpening(string what)
    {
        var open = new DriveOpen { EnvId = "Tanks-v0" };
        var events = new DriveOpen { EnvId = "Tanks-v0", Mode = ExecutionMode.EventDriven, TEndSeconds = 3, EventOptions = new EventOptions() };
        switch (what)
        {
            case "not open":
                return new DriveEpisodesRequest { Stop = new DriveStop() };
            case "unknown environment":
                open.EnvId = "Nothing-v0";
                break;
            case "wrong parameter":
                open.Parameters = new Struct { Fields = { ["wheels"] = Value.ForNumber(3) } };
                break;
            case "unknown agent":
                open.Agents.Add("tank_7");
                break;
            case "no episodes":
                open.Episodes = 0;
                break;
            case "other contract":
                open.ContractVersion = 7;
                break;
            case "long lease":
                open.LeaseSeconds = 1e9f;
                break;
            case "unknown mode":
                open.Mode = (ExecutionMode)9;
                break;
            case "no steps":
                open.MaxSteps = 0;
                break;
            case "end of steps":
                open.TEndSeconds = 3;
                break;
            case "options of steps":
                open.EventOptions = new EventOptions();
                break;
            default:
                Spoil(events, what);
                return new DriveEpisodesRequest { Open = events };
        }

        return new DriveEpisodesRequest { Open = open };
    }

    private static void Spoil(DriveOpen events, string what)
    {
        var rain = new Disturbance { Type = "rain" };
        _ = what switch
        {
            "no tree" => events.EnvId = "MultiAgentArena-v0",
            "no end" => ClearEnd(events),
            "endless" => events.TEndSeconds = double.PositiveInfinity,
            "end beyond time" => events.TEndSeconds = 1e300,
            "no events" => events.MaxEvents = 0,
            "steps of events" => events.MaxSteps = 3,
            "negative delay" => Add(events, new ScheduleChange { ActionDelaySeconds = -1 }),
            "endless tick" => Add(events, new ScheduleChange { TickIntervalSeconds = 1 }, new ScheduleChange { TickIntervalSeconds = 1e300 }),
            "unknown ratio" => Add(events, new ScheduleChange { JitterRatio = double.NaN }),
            "physics without an interval" => events.EventOptions.PhysicsIntervalSeconds = 0,
            "late script" => events.EventOptions.Disturbances = new() { Scripted = { new ScriptedDisturbance { TimeSeconds = double.PositiveInfinity, Disturbance = rain } } },
            "disturbance without a size" => events.EventOptions.Disturbances = new() { Scripted = { new ScriptedDisturbance { Disturbance = new Disturbance(rain) { Payload = { ["litres"] = double.NaN } } } } },
            "delay of nobody" => Add(events, new ScheduleChange { Agents = "pump_*" }),
            "unknown jitter" => Add(events, new ScheduleChange { Jitter = (JitterKind)8 }),
            "unknown sampling" => events.EventOptions.ObservationSampling = (ObservationSampling)8,
            "nameless disturbance" => events.EventOptions.Disturbances = new() { Scripted = { new ScriptedDisturbance() } },
            "rate of 0" => events.EventOptions.Disturbances = new() { Random = { new PoissonDisturbances { Types_ = { rain } } } },
            "more disturbances than time has" => events.EventOptions.Disturbances = new()
            {
                Random = { new PoissonDisturbances { RatePerSecond = 1e300, Types_ = { new Disturbance(rain) { Payload = { ["litres"] = 1 } } } } },
            },
            "disturbance without its number" => events.EventOptions.Disturbances = new() { Scripted = { new ScriptedDisturbance { Disturbance = rain } } },
            "undisturbed environment" => (events.EnvId = "Thermostat-v0", events.EventOptions.Disturbances = new() { Scripted = { new ScriptedDisturbance { Disturbance = rain } } }),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "There is no such mistake."),
        };
    }

    private static object? ClearEnd(DriveOpen open)
    {
        open.ClearTEndSeconds();
        return null;
    }

    private static object? Add(DriveOpen open, params ScheduleChange[] changes)
    {
        open.EventOptions.ScheduleChanges.Add(changes);
        return null;
    }
}
