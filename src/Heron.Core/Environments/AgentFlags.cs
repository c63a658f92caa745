namespace Heron.Core.Environments;

/// <summary>What a reset or step says about one agent; one byte, the same on the wire.</summary>
/// <remarks>
/// An agent that ends in a step has <see cref="Observed"/> and <see cref="Terminated"/> or <see cref="Truncated"/>
/// once, with its last observation and reward; from the next step on it has no flag. An agent that has not joined yet has none either.
/// The episode is over as soon as no agent is <see cref="Alive"/>.
/// </remarks>
[Flags]
public enum AgentFlags : byte
{
    /// <summary>Not in the episode: not joined yet, or gone.</summary>
    None = 0,

    /// <summary>In the episode after this step.</summary>
    Alive = 1,

    /// <summary>Its observation is new.</summary>
    Observed = 2,

    /// <summary>An action is asked for in the next step. Implies <see cref="Alive"/> and <see cref="Observed"/>.</summary>
    MustAct = 4,

    /// <summary>It ended in this step by the rules of the task; nothing follows, do not bootstrap.</summary>
    Terminated = 8,

    /// <summary>It was cut off in this step, by a time limit for example; bootstrap from the last observation.</summary>
    Truncated = 16,
}
