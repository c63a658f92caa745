namespace Heron.Core.Messaging;

/// <summary>What a message is about. It changes nothing about its way; it names it.</summary>
public enum MessageKind
{
    /// <summary>What to do, from above.</summary>
    Action,

    /// <summary>Something worth knowing.</summary>
    Info,

    /// <summary>The same for everyone who subscribed.</summary>
    Broadcast,

    /// <summary>The state of another agent.</summary>
    StateUpdate,

    /// <summary>How something went.</summary>
    Result,

    /// <summary>Whatever the author means by it; the payload's type tells.</summary>
    Custom,
}
