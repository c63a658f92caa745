using Heron.Core.Environments;
using Heron.Server.Driving;
using Heron.Server.Sessions;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>The fields that requests for episodes have in common: how they are carried out, and until when.</summary>
/// <param name="Mode">Step by step or event-driven.</param>
/// <param name="MaxSteps">Step by step only; null for none.</param>
/// <param name="EndSeconds">Event-driven only; null when absent.</param>
/// <param name="MaxEvents">Event-driven only; null for none.</param>
/// <param name="Options">Event-driven only; null when absent.</param>
internal sealed record EpisodePlanMapping(Wire.ExecutionMode Mode, uint? MaxSteps, double? EndSeconds, uint? MaxEvents, Wire.EventOptions? Options)
{
    /// <summary>Settles the plan.</summary>
    /// <param name="environment">The environment.</param>
    /// <exception cref="InvalidRequestException">A field is out of range, or belongs to the other mode.</exception>
    public EpisodePlan For(EnvironmentFactory environment) => Mode switch
    {
        Wire.ExecutionMode.Unspecified or Wire.ExecutionMode.Step => ForSteps(environment),
        Wire.ExecutionMode.EventDriven => InvalidRequestException.Unless(() => ForEvents(environment)),
        _ => throw new InvalidRequestException($"mode is {(int)Mode}; it takes 1 (STEP) or 2 (EVENT_DRIVEN)."),
    };

    private EpisodePlan ForSteps(EnvironmentFactory environment)
    {
        string? foreign = EndSeconds is not null ? "t_end_seconds" : MaxEvents is not null ? "max_events" : Options is not null ? "event_options" : null;
        return foreign is not null ? throw new InvalidRequestException($"{foreign} belongs to event-driven episodes; leave it out, or set mode to EXECUTION_MODE_EVENT_DRIVEN and give t_end_seconds.")
            : MaxSteps == 0 ? throw new InvalidRequestException("max_steps is 0; it takes at least 1, or leave it out for the environment's own limit.")
            : new EpisodePlan(environment) { MaxSteps = MaxSteps };
    }

    private EpisodePlan ForEvents(EnvironmentFactory environment)
    {
        if (MaxSteps is not null)
        {
            throw new InvalidRequestException("max_steps belongs to episodes step by step; event-driven ones end at t_end_seconds.");
        }

        if (MaxEvents == 0)
        {
            throw new InvalidRequestException("max_events is 0; it takes at least 1, or leave it out for no limit.");
        }

        double end = EndSeconds ?? throw new InvalidRequestException("t_end_seconds is missing; an event-driven episode needs its simulated end, for example 300.");
        if (!(end > 0 && end < EpisodePlan.EndOfTimeSeconds))
        {
            throw new InvalidRequestException(FormattableString.Invariant($"t_end_seconds is {end}; it takes a number of simulated seconds above 0 and below {EpisodePlan.EndOfTimeSeconds}, which is 292 years."));
        }

        return new EpisodePlan(environment)
        {
            IsEventDriven = true,
            EndSeconds = end,
            MaxEvents = MaxEvents,
            Options = EventOptionsMapping.FromWire(Options),
            Changes = EventOptionsMapping.ChangesFromWire(Options),
            JitterSeed = Options is { HasJitterSeed: true } ? Options.JitterSeed : null,
        };
    }
}
