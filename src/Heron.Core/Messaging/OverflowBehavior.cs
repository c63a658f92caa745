namespace Heron.Core.Messaging;

/// <summary>Which message a full mailbox gives up. What was given up is counted.</summary>
public enum OverflowBehavior
{
    /// <summary>The one that waited longest makes room.</summary>
    DropOldest,

    /// <summary>The one that comes is turned away.</summary>
    DropNewest,
}
