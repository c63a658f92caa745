namespace Heron.Learning.Rollouts;

/// <summary>Which agents act by the same policy.</summary>
public enum PolicyMappingMode
{
    /// <summary>All agents that can: one policy for each kind of spaces, so one in all when the agents are alike.</summary>
    Shared,

    /// <summary>None: every agent has a policy of its own, named as the agent.</summary>
    Independent,

    /// <summary>Those that are named together.</summary>
    Groups,
}
