using Heron.Core.Policies;

namespace Heron.Server.Driving;

/// <summary>Whoever decides for the agents of driven episodes and hears how they go. All calls come on the thread of the drive, which waits in them.</summary>
internal interface IDriveClient : IActionSource
{
    /// <summary>Fires when the client stops the drive, or is gone.</summary>
    CancellationToken Stop { get; }

    /// <summary>An episode begins.</summary>
    /// <param name="run">The copy that plays it.</param>
    /// <param name="episode">Counts from 1.</param>
    /// <param name="seed">Its seed.</param>
    void OnStarted(EpisodeRun run, uint episode, uint seed);

    /// <summary>An episode has ended.</summary>
    /// <param name="end">Why.</param>
    void OnEnded(EpisodeEnd end);
}
