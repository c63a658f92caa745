namespace Heron.Core.Environments;

/// <summary>What a vector environment does with a copy whose episode is over; Gymnasium's three modes.</summary>
public enum AutoresetMode
{
    /// <summary>Nothing: the copy waits for a reset, and stepping it is an error.</summary>
    Disabled,

    /// <summary>The next step resets it instead of stepping: its actions are ignored, rewards are 0, the observations are the first of the new episode.</summary>
    NextStep,

    /// <summary>It is reset within the step that ends it: observations and flags are the first of the new episode, rewards belong to the old one, and the last observations, flags and metrics stand in the final buffers.</summary>
    SameStep,
}
