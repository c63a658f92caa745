namespace Heron.Core.Agents;

/// <summary>What an agent does in a step in which nobody chose an action for it.</summary>
public enum IdleBehavior
{
    /// <summary>The action in force works once more: actions are setpoints.</summary>
    Hold,

    /// <summary>The neutral action of its space comes in force: the middle of its box, category 0.</summary>
    Neutral,

    /// <summary>Nothing works in this step; the action in force stays for later.</summary>
    Skip,
}
