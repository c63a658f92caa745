namespace Heron.Core.Protocols;

/// <summary>How an agent that is not asked through the environment contract comes to its next action; the action that it was commanded follows it in the state store.</summary>
internal struct DecisionSlot
{
    /// <summary>Whether a protocol has commanded an action that is not in force yet.</summary>
    public int IsCommanded;

    /// <summary>Whether an action was chosen in the step that is running.</summary>
    public int HasDecided;
}
