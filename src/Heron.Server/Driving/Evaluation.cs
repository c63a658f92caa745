using Heron.Core.Policies;
using Heron.Core.Randomness;
using Heron.Server.Sessions;

namespace Heron.Server.Driving;

/// <summary>Episodes with policies that are at hand.</summary>
/// <param name="Plan">How the episodes are carried out.</param>
/// <param name="Source">Decides.</param>
internal sealed record Evaluation(EpisodePlan Plan, IActionSource Source)
{
    /// <summary>How many.</summary>
    public uint Episodes { get; init; } = 1;

    /// <summary>Seed of the first; episode i has this plus i.</summary>
    public uint Seed { get; init; }

    /// <summary>Called after every step, or run of the physics, of the first episode; null for nobody.</summary>
    public Action<EpisodeRun>? FirstStepped { get; init; }

    /// <summary>Plays the episodes one after the other.</summary>
    /// <param name="stop">Ends it within an episode.</param>
    /// <exception cref="InvalidRequestException">An option does not fit the environment; the message names it.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IEnumerable<EpisodeReport> Play(CancellationToken stop)
    {
        using EpisodeRun run = InvalidRequestException.Unless(() => Plan.Create(Source));
        run.Stepped = FirstStepped;
        for (uint episode = 0; episode < Episodes; episode++)
        {
            EpisodeEnd end = Plan.Play(run, EpisodeSeed.ForCopy(Seed, unchecked((int)episode)), stop);
            stop.ThrowIfCancellationRequested();
            run.Stepped = null;
            yield return run.Report(end);
        }
    }
}
