using Heron.Core.Scheduling;
using Heron.Server.Driving;
using Heron.Server.Sessions;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>Timing and disturbances of event-driven episodes.</summary>
internal static class EventOptionsMapping
{
    // A nanosecond, in which simulated time is counted.
    private const double ShortestIntervalSeconds = 1e-9;

    /// <summary>Reads options; absent ones are the environment's own.</summary>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    /// <exception cref="InvalidRequestException">A field is malformed.</exception>
    public static EventOptions FromWire(Wire.EventOptions? options) => options is null ? new EventOptions() : new EventOptions
    {
        Timing = FromWire(options.Timing),
        PhysicsIntervalSeconds = options.HasPhysicsIntervalSeconds ? Interval("physics_interval_seconds", options.PhysicsIntervalSeconds) : null,
        FirstPhysicsSeconds = options.HasFirstPhysicsSeconds ? Delay("first_physics_seconds", options.FirstPhysicsSeconds) : null,
        Sampling = options.ObservationSampling switch
        {
            Wire.ObservationSampling.Unspecified or Wire.ObservationSampling.Request => ObservationSampling.Request,
            Wire.ObservationSampling.Delivery => ObservationSampling.Delivery,
            _ => throw new InvalidRequestException($"observation_sampling is {(int)options.ObservationSampling}; it takes 1 (REQUEST) or 2 (DELIVERY)."),
        },
        Disturbances = options.Disturbances is { } schedule ? FromWire(schedule) : null,
    };

    /// <summary>Reads the changes to the schedules, in their order.</summary>
    /// <exception cref="InvalidRequestException">A field is malformed or out of range.</exception>
    public static IReadOnlyList<ScheduleChange> ChangesFromWire(Wire.EventOptions? options) =>
        [.. options?.ScheduleChanges.Select((change, i) => FromWire($"schedule_changes[{i}]", change)) ?? []];

    private static EventTiming FromWire(Wire.EventTiming? timing) => timing is null
        ? EventTiming.All
        : (timing.TickIntervals ? EventTiming.TickIntervals : EventTiming.None)
            | (timing.ObservationDelays ? EventTiming.ObservationDelays : EventTiming.None)
            | (timing.ActionDelays ? EventTiming.ActionDelays : EventTiming.None)
            | (timing.MessageDelays ? EventTiming.MessageDelays : EventTiming.None)
            | (timing.Jitter ? EventTiming.Jitter : EventTiming.None);

    private static ScheduleChange FromWire(string field, Wire.ScheduleChange change) => new(change.Agents.Length == 0 ? "*" : change.Agents)
    {
        TickIntervalSeconds = change.HasTickIntervalSeconds ? Interval($"{field}.tick_interval_seconds", change.TickIntervalSeconds) : null,
        ObservationDelaySeconds = change.HasObservationDelaySeconds ? Delay($"{field}.observation_delay_seconds", change.ObservationDelaySeconds) : null,
        ActionDelaySeconds = change.HasActionDelaySeconds ? Delay($"{field}.action_delay_seconds", change.ActionDelaySeconds) : null,
        MessageDelaySeconds = change.HasMessageDelaySeconds ? Delay($"{field}.message_delay_seconds", change.MessageDelaySeconds) : null,
        MinDelaySeconds = change.HasMinDelaySeconds ? Delay($"{field}.min_delay_seconds", change.MinDelaySeconds) : null,
        Jitter = change.Jitter switch
        {
            Wire.JitterKind.Unspecified => null,
            Wire.JitterKind.None => JitterKind.None,
            Wire.JitterKind.Uniform => JitterKind.Uniform,
            Wire.JitterKind.Gaussian => JitterKind.Gaussian,
            _ => throw new InvalidRequestException($"{field}.jitter is {(int)change.Jitter}; it takes 1 (NONE), 2 (UNIFORM) or 3 (GAUSSIAN)."),
        },
        JitterRatio = !change.HasJitterRatio ? null
            : double.IsFinite(change.JitterRatio) && change.JitterRatio >= 0 ? change.JitterRatio
            : throw new InvalidRequestException(FormattableString.Invariant($"{field}.jitter_ratio is {change.JitterRatio}; it takes a finite number, 0 or more, and 0.1 is ten per cent.")),
    };

    private static DisturbanceSchedule FromWire(Wire.DisturbanceSchedule schedule) => new(
        schedule.Scripted.Select((item, i) => (Delay($"disturbances.scripted[{i}].time_seconds", item.TimeSeconds), FromWire($"disturbances.scripted[{i}]", item.Disturbance))),
        schedule.Random.Select((process, i) => new PoissonDisturbances(
            process.RatePerSecond,
            [.. process.Types_.Select(type => FromWire($"disturbances.random[{i}]", type))],
            process.HasEndSeconds ? process.EndSeconds : double.PositiveInfinity)));

    private static Disturbance FromWire(string field, Wire.Disturbance? disturbance)
    {
        if (disturbance is not { Type.Length: > 0 })
        {
            throw new InvalidRequestException($"The disturbance of {field} has no type; name one of those on the environment's card.");
        }

        foreach ((string name, double number) in disturbance.Payload)
        {
            if (!double.IsFinite(number))
            {
                throw new InvalidRequestException(FormattableString.Invariant($"'{name}' of disturbance '{disturbance.Type}' in {field} is {number}; it takes a finite number."));
            }
        }

        return new Disturbance(disturbance.Type)
        {
            Payload = new Dictionary<string, double>(disturbance.Payload, StringComparer.Ordinal),
            RequiresPhysics = !disturbance.HasRequiresPhysics || disturbance.RequiresPhysics,
        };
    }

    private static double Interval(string field, double seconds) => Seconds(field, seconds, ShortestIntervalSeconds);

    private static double Delay(string field, double seconds) => Seconds(field, seconds, least: 0);

    private static double Seconds(string field, double seconds, double least) => seconds >= least && seconds < EpisodePlan.EndOfTimeSeconds
        ? seconds
        : throw new InvalidRequestException(FormattableString.Invariant(
            $"{field} is {seconds}; it takes a number of simulated seconds from {least} to below {EpisodePlan.EndOfTimeSeconds}, which is 292 years."));
}
