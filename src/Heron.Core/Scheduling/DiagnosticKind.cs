namespace Heron.Core.Scheduling;

/// <summary>What a <see cref="Diagnostic"/> is about.</summary>
public enum DiagnosticKind
{
    /// <summary>The physics never ran by its clock.</summary>
    PhysicsNeverRan,

    /// <summary>An agent was never rewarded.</summary>
    NoReward,

    /// <summary>An agent decided nothing.</summary>
    NoDecision,

    /// <summary>Messages take so long that rewards of one run of the physics are under way when the next runs.</summary>
    OverlappingRewards,

    /// <summary>A coordinator has a protocol, but can never use it.</summary>
    NeverCoordinates,
}
