namespace Heron.Core.Environments;

/// <summary>Whose end, terminated or truncated, ends the episode of all.</summary>
public enum EpisodeEndRule
{
    /// <summary>It ends with the last agent.</summary>
    All,

    /// <summary>It ends with the first agent; the others end with it, in the same step and by the same flag.</summary>
    Any,
}
