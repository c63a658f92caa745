namespace Heron.Core.Environments;

/// <summary>A place in the agent tree, for those who want to draw it.</summary>
/// <param name="Id">Unique within the environment.</param>
/// <param name="Level">Kind of agent.</param>
/// <param name="ParentId">The agent above, null for the root.</param>
public sealed record HierarchyNode(string Id, AgentLevel Level, string? ParentId);
