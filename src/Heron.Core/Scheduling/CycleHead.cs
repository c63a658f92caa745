namespace Heron.Core.Scheduling;

/// <summary>One run of the physics whose rewards are on their way.</summary>
internal struct CycleHead
{
    /// <summary>When the physics ran.</summary>
    public long PhysicsAt;

    /// <summary>Messages under way that name this cycle; with the last one it is done.</summary>
    public int References;
}
