namespace Heron.Core.Protocols;

/// <summary>What sets a protocol going.</summary>
public enum ProtocolDirection
{
    /// <summary>A decision from above: it runs when its owner has decided, before the members act.</summary>
    Vertical,

    /// <summary>The state of its members among themselves: it runs when a step is over, before they observe.</summary>
    Horizontal,
}
