using Heron.Core.Policies;
using Heron.Core.Scheduling;

namespace Heron.Server.Driving;

/// <summary>
/// Takes the loss of event-driven episodes against step mode apart: the same episodes step by step, then event-driven without
/// any part of the schedules, with each part alone, and with all.
/// </summary>
/// <remarks>Every episode has as many environment steps, or runs of the physics that all agents are rewarded for, however late rewards arrive; so returns compare.</remarks>
/// <param name="EventDriven">What holds for all event-driven episodes. Changes to the schedules belong to their parts: what is about a part that is left out is left out with it.</param>
/// <param name="Source">Decides.</param>
/// <param name="Steps">Most environment steps of an episode.</param>
internal sealed record Ablation(EpisodePlan EventDriven, IActionSource Source, long Steps)
{
    /// <summary>The parts, in the order in which they are played alone.</summary>
    public static IReadOnlyList<EventTiming> Parts { get; } =
        [EventTiming.TickIntervals, EventTiming.ObservationDelays, EventTiming.ActionDelays, EventTiming.MessageDelays, EventTiming.Jitter];

    /// <summary>Episodes of each kind.</summary>
    public uint Episodes { get; init; } = 1;

    /// <summary>Seed of the first episode of each kind.</summary>
    public uint Seed { get; init; }

    /// <summary>Plays.</summary>
    /// <param name="stop">Ends it within an episode.</param>
    /// <returns>Step by step first, then without any part, each part, all.</returns>
    /// <exception cref="Sessions.InvalidRequestException">An option does not fit the environment; the message names it.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IEnumerable<AblationRow> Play(CancellationToken stop)
    {
        EvaluationSummary? stepMode = null;
        foreach (EventTiming? timing in (IEnumerable<EventTiming?>)[null, EventTiming.None, .. Parts, EventTiming.All])
        {
            var episodes = new Evaluation(PlanFor(timing), Source) { Episodes = Episodes, Seed = Seed }.Play(stop).ToArray();
            var summary = new EvaluationSummary(episodes);
            stepMode ??= summary;
            yield return new AblationRow(timing, episodes, summary, GapOf(summary.MeanReturn, stepMode.MeanReturn));
        }
    }

    /// <summary>How much the parts do to the return together beyond what each does alone: return of all, less that of none, less what each part changes.</summary>
    /// <param name="rows">What <see cref="Play"/> returned.</param>
    public static double InteractionOf(IReadOnlyList<AblationRow> rows)
    {
        double ReturnOf(EventTiming timing) => rows.Single(row => row.Timing == timing).Summary.MeanReturn;
        double none = ReturnOf(EventTiming.None);
        return ReturnOf(EventTiming.All) - none - Parts.Sum(part => ReturnOf(part) - none);
    }

    /// <summary>Loss against step mode in per cent of the size of its return; null when that is 0.</summary>
    public static double? GapOf(double eventDriven, double stepMode) => stepMode == 0 ? null : (stepMode - eventDriven) / Math.Abs(stepMode) * 100;

    private EpisodePlan PlanFor(EventTiming? timing) => timing is { } parts
        ? EventDriven with
        {
            MaxSteps = Steps,
            EndSeconds = EpisodePlan.EndOfTimeSeconds / 2,
            Options = EventDriven.Options with { Timing = parts },
            Changes = [.. EventDriven.Changes.Select(change => change.Only(parts))],
        }
        : new EpisodePlan(EventDriven.Environment) { MaxSteps = Steps };
}
