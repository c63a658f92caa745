namespace Heron.Learning.Rollouts;

/// <summary>How a policy sees the Box part of actions. Learning curves compare only within one mode.</summary>
/// <remarks>The same choices, with the same numbers, as <c>normalize_actions</c> of the Python client.</remarks>
public enum ActionMappingMode
{
    /// <summary>As [-1, 1], mapped linearly to the agent's box, so that agents with different boxes may share a policy. A Box with an infinite bound stays as it is.</summary>
    Rescale,

    /// <summary>As [-1, 1], clipped to the agent's box.</summary>
    Clip,

    /// <summary>As it is; the environment clips.</summary>
    Off,
}
