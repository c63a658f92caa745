using Heron.Core.Scheduling;
using Heron.Server.Sessions;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>Timing and disturbances of event-driven episodes.</summary>
internal static class EventOptionsMapping
{
    /// <summary>Reads options; absent ones are the environment's own.</summary>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    /// <exception cref="InvalidRequestException">A field is malformed.</exception>
    public static EventOptions FromWire(Wire.EventOptions? options) => options is null ? new EventOptions() : new EventOptions
    {
        Timing = FromWire(options.Timing),
        PhysicsIntervalSeconds = options.HasPhysicsIntervalSeconds ? options.PhysicsIntervalSeconds : null,
        FirstPhysicsSeconds = options.HasFirstPhysicsSeconds ? options.FirstPhysicsSeconds : null,
        Sampling = options.ObservationSampling switch
        {
            Wire.ObservationSampling.Unspecified or Wire.ObservationSampling.Request => ObservationSampling.Request,
            Wire.ObservationSampling.Delivery => ObservationSampling.Delivery,
            _ => throw new InvalidRequestException($"observation_sampling is {(int)options.ObservationSampling}; it takes 1 (REQUEST) or 2 (DELIVERY)."),
        },
        Disturbances = options.Disturbances is { } schedule ? FromWire(schedule) : null,
    };

    /// <summary>Reads the changes to the schedules, in their order.</summary>
    /// <exception cref="InvalidRequestException">A field is malformed.</exception>
    public static IReadOnlyList<ScheduleChange> ChangesFromWire(Wire.EventOptions? options) => [.. options?.ScheduleChanges.Select(FromWire) ?? []];

    private static EventTiming FromWire(Wire.EventTiming? timing) => timing is null
        ? EventTiming.All
        : (timing.TickIntervals ? EventTiming.TickIntervals : EventTiming.None)
            | (timing.ObservationDelays ? EventTiming.ObservationDelays : EventTiming.None)
            | (timing.ActionDelays ? EventTiming.ActionDelays : EventTiming.None)
            | (timing.MessageDelays ? EventTiming.MessageDelays : EventTiming.None)
            | (timing.Jitter ? EventTiming.Jitter : EventTiming.None);

    private static ScheduleChange FromWire(Wire.ScheduleChange change) => new(change.Agents.Length == 0 ? "*" : change.Agents)
    {
        TickIntervalSeconds = change.HasTickIntervalSeconds ? change.TickIntervalSeconds : null,
        ObservationDelaySeconds = change.HasObservationDelaySeconds ? change.ObservationDelaySeconds : null,
        ActionDelaySeconds = change.HasActionDelaySeconds ? change.ActionDelaySeconds : null,
        MessageDelaySeconds = change.HasMessageDelaySeconds ? change.MessageDelaySeconds : null,
        MinDelaySeconds = change.HasMinDelaySeconds ? change.MinDelaySeconds : null,
        Jitter = change.Jitter switch
        {
            Wire.JitterKind.Unspecified => null,
            Wire.JitterKind.None => JitterKind.None,
            Wire.JitterKind.Uniform => JitterKind.Uniform,
            Wire.JitterKind.Gaussian => JitterKind.Gaussian,
            _ => throw new InvalidRequestException($"jitter is {(int)change.Jitter}; it takes 1 (NONE), 2 (UNIFORM) or 3 (GAUSSIAN)."),
        },
        JitterRatio = change.HasJitterRatio ? change.JitterRatio : null,
    };

    private static DisturbanceSchedule FromWire(Wire.DisturbanceSchedule schedule) => new(
        schedule.Scripted.Select(item => (item.TimeSeconds, FromWire(item.Disturbance))),
        schedule.Random.Select(process => new PoissonDisturbances(
            process.RatePerSecond, [.. process.Types_.Select(FromWire)], process.HasEndSeconds ? process.EndSeconds : double.PositiveInfinity)));

    private static Disturbance FromWire(Wire.Disturbance? disturbance) => disturbance is { Type.Length: > 0 }
        ? new Disturbance(disturbance.Type)
        {
            Payload = new Dictionary<string, double>(disturbance.Payload, StringComparer.Ordinal),
            RequiresPhysics = !disturbance.HasRequiresPhysics || disturbance.RequiresPhysics,
        }
        : throw new InvalidRequestException("A disturbance has no type; name one of those on the environment's card.");
}
