using Heron.Core.Spaces;

namespace Heron.Core.Environments;

/// <summary>One agent that observes and acts through the environment contract.</summary>
/// <param name="Id">Unique within the environment.</param>
/// <param name="Level">Its kind.</param>
/// <param name="ParentId">The agent above it, or null; need not observe or act itself.</param>
/// <param name="ObservationSpace">Every observation lies in it.</param>
/// <param name="ActionSpace">Every value in it is accepted.</param>
public sealed record AgentSpec(string Id, AgentLevel Level, string? ParentId, Space ObservationSpace, Space ActionSpace)
{
    /// <summary>Name and unit of each number of the flat observation, for example <c>soc (fraction)</c>; empty when the environment does not say.</summary>
    public IReadOnlyList<string> ObservationLabels { get; init; } = [];

    /// <summary>How many numbers of the observation, from the first, are the agent's own features; the rest is what it sees of others. All of them when the environment does not say.</summary>
    public int LocalObservationLength { get; init; } = ObservationSpace.Length;

    /// <summary>Name and unit of each number of the flat action; empty when the environment does not say.</summary>
    public IReadOnlyList<string> ActionLabels { get; init; } = [];

    /// <summary>Whether the environment writes an action mask for this agent; only for discrete heads. A forbidden action is still accepted and does what the environment's card says.</summary>
    public bool HasActionMask { get; init; }
}
