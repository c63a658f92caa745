namespace Heron.Core.Environments;

/// <summary>What a user wants to know before choosing an environment.</summary>
public sealed record EnvironmentCard
{
    /// <summary>One sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Task, dynamics, reward and end of an episode, with units; a few short paragraphs.</summary>
    public required string Description { get; init; }

    /// <summary>Changes of behaviour, newest first, one line per version.</summary>
    public required IReadOnlyList<string> VersionHistory { get; init; }
}
