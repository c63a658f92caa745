using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Core.Scheduling;
using Heron.Server.Sessions;

namespace Heron.Server.Driving;

/// <summary>How episodes of one environment are carried out: step by step or event-driven, and until when.</summary>
/// <param name="Environment">The environment as whoever decides sees it.</param>
internal sealed record EpisodePlan(EnvironmentFactory Environment)
{
    /// <summary>Simulated time is a whole number of nanoseconds in 63 bits, so it ends here: 292 years.</summary>
    public const double EndOfTimeSeconds = 9.2e9;

    /// <summary>Whether episodes are event-driven.</summary>
    public bool IsEventDriven { get; init; }

    /// <summary>Most steps of an episode; event-driven: most runs of the physics by its clock, all agents rewarded for each of them. Null for no limit but the environment's own.</summary>
    public long? MaxSteps { get; init; }

    /// <summary>Event-driven: simulated seconds of an episode.</summary>
    public double EndSeconds { get; init; } = double.NaN;

    /// <summary>Event-driven: most events of an episode; null for no limit.</summary>
    public long? MaxEvents { get; init; }

    /// <summary>Event-driven: timing and disturbances.</summary>
    public EventOptions Options { get; init; } = new();

    /// <summary>Event-driven: changes to the schedules, in order.</summary>
    public IReadOnlyList<ScheduleChange> Changes { get; init; } = [];

    /// <summary>Event-driven: seed of the jitter of the first episode; each later one has the next number. Null: the episode's seed.</summary>
    public uint? JitterSeed { get; init; }

    /// <summary>Makes a copy that plays so.</summary>
    /// <param name="source">Decides for the agents.</param>
    /// <exception cref="ArgumentException">An option does not fit the environment; the message names it.</exception>
    public EpisodeRun Create(IActionSource source)
    {
        if (!IsEventDriven)
        {
            return new StepEpisodeRun(this, source);
        }

        if (!Environment.IsEventDriven)
        {
            throw new ArgumentException($"{Environment.Spec.Id} runs step by step only: it has no tree of HERON agents, whose schedules an event-driven run needs.");
        }

        return new EventEpisodeRun(this, source);
    }

    /// <summary>Plays an episode.</summary>
    /// <param name="run">A copy that <see cref="Create"/> made.</param>
    /// <param name="seed">Seed of the episode.</param>
    /// <param name="stop">Ends it early.</param>
    /// <exception cref="InvalidRequestException">A disturbance does not fit the environment, which shows only when it hits: the environment alone knows its disturbances.</exception>
    public EpisodeEnd Play(EpisodeRun run, uint seed, CancellationToken stop) => Options.Disturbances is null
        ? run.Play(seed, stop)
        : InvalidRequestException.Unless(() => run.Play(seed, stop));
}
