namespace Heron.Core.Environments;

/// <summary>What a reset or step says about one copy of a vector environment; one byte, the same on the wire.</summary>
[Flags]
public enum CopyFlags : byte
{
    /// <summary>An ordinary step.</summary>
    None = 0,

    /// <summary>The episode ended in this step.</summary>
    Ended = 1,

    /// <summary>The copy was reset in this call: its observations are the first of an episode, whose seed is reported.</summary>
    WasReset = 2,
}
