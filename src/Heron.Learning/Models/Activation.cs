namespace Heron.Learning.Models;

/// <summary>The function between two layers.</summary>
public enum Activation
{
    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>max(0, x), with derivative 0 at 0.</summary>
    Relu,
}
