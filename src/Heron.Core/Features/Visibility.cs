namespace Heron.Core.Features;

/// <summary>Who may see a feature. Flags add up: every one that applies grants access.</summary>
/// <remarks>An agent sees its own feature under any flag, unless it is <see cref="HiddenFromOwner"/> or the visibility is <see cref="None"/>.</remarks>
[Flags]
public enum Visibility
{
    /// <summary>Nobody: internal state of the agent's own code and of the simulation.</summary>
    None = 0,

    /// <summary>Every agent.</summary>
    Public = 1,

    /// <summary>The agent that declared it.</summary>
    Owner = 2,

    /// <summary>The parent in the tree, and no other agent of its level.</summary>
    UpperLevel = 4,

    /// <summary>The system agent at the root.</summary>
    System = 8,

    /// <summary>Every agent on the way up to the root.</summary>
    Ancestors = 16,

    /// <summary>Takes the owner's own access away; the other flags keep their meaning.</summary>
    HiddenFromOwner = 32,
}
