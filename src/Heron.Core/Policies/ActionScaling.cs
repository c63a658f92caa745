namespace Heron.Core.Policies;

/// <summary>What the continuous outputs of a network mean.</summary>
public enum ActionScaling
{
    /// <summary>Numbers of the action space, clipped to it.</summary>
    Clip,

    /// <summary>Numbers from -1 to 1, stretched to the bounds of the space; beyond them they are clipped. Every number needs finite bounds.</summary>
    Stretch,
}
