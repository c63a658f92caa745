namespace Heron.Learning.Models;

/// <summary>What a tensor is part of.</summary>
public enum ParameterRole
{
    /// <summary>A hidden layer of the actor.</summary>
    ActorEncoder,

    /// <summary>A hidden layer of the critic.</summary>
    CriticEncoder,

    /// <summary>A hidden layer that actor and critic share.</summary>
    SharedEncoder,

    /// <summary>The last layer of the actor.</summary>
    PolicyHead,

    /// <summary>The last layer of the critic.</summary>
    ValueHead,

    /// <summary>The vector of logarithms of standard deviations that no observation changes.</summary>
    LogStd,
}
