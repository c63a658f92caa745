namespace Heron.Learning.Rollouts;

/// <summary>Why nothing follows a row in its trajectory.</summary>
[Flags]
public enum RowEnd : byte
{
    /// <summary>The next row follows.</summary>
    None = 0,

    /// <summary>The agent reached an end: no value follows. Outweighs the other flags.</summary>
    Terminated = 1,

    /// <summary>The episode was stopped, for example by its time limit: the value of the final observation follows.</summary>
    Truncated = 2,

    /// <summary>Collecting stopped in the middle of the episode: the value of the next observation follows.</summary>
    Cut = 4,
}
