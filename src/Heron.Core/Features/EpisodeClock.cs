namespace Heron.Core.Features;

/// <summary>Where an episode stands; the first bytes of every state block.</summary>
internal struct EpisodeClock
{
    /// <summary>Steps completed since the reset.</summary>
    public long Step;

    /// <summary>Simulated time since the reset.</summary>
    public long Nanoseconds;
}
