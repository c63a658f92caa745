namespace Heron.Core.Scheduling;

/// <summary>When a condition fires.</summary>
public enum ConditionTriggering
{
    /// <summary>At every evaluation at which it holds, cooldown permitting.</summary>
    Level,

    /// <summary>When it holds and did not at the evaluation before; an episode starts as if it had not. One that begins to hold during a cooldown fires only after it has not held once.</summary>
    Edge,
}
