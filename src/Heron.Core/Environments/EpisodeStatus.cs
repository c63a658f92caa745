namespace Heron.Core.Environments;

/// <summary>Where one copy of a vector environment stands.</summary>
internal enum EpisodeStatus : byte
{
    NotStarted,
    Running,
    Over,
}
