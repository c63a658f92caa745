namespace Heron.Core.Scheduling;

/// <summary>How intervals and delays of a schedule vary.</summary>
public enum JitterKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Uniform between base - ratio * base and base + ratio * base.</summary>
    Uniform,

    /// <summary>Normal with the base as mean and ratio * base as standard deviation.</summary>
    Gaussian,
}
