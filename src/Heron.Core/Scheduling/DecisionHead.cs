namespace Heron.Core.Scheduling;

/// <summary>The times of a decision on its way from the tick to its effect.</summary>
internal struct DecisionHead
{
    /// <summary>When the agent woke up.</summary>
    public long TickedAt;

    /// <summary>Time of the state that it observes.</summary>
    public long SampledAt;

    /// <summary>When the decision was made.</summary>
    public long DecidedAt;

    /// <summary>Whether an agent above decided: the action is there before the observation.</summary>
    public bool FromParent;
}
