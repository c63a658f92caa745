namespace Heron.Core.Spaces;

/// <summary>A continuous part and discrete heads together: Gymnasium's Dict of a Box <c>c</c> and a MultiDiscrete <c>d</c>.</summary>
/// <param name="continuous">The part named <c>c</c>.</param>
/// <param name="discrete">The part named <c>d</c>.</param>
public sealed class MixedSpace(BoxSpace continuous, MultiDiscreteSpace discrete)
    : Space(continuous.ContinuousLength, discrete.HeadSizes.ToArray())
{
    /// <summary>The part named <c>c</c>.</summary>
    public BoxSpace Continuous { get; } = continuous;

    /// <summary>The part named <c>d</c>.</summary>
    public MultiDiscreteSpace Discrete { get; } = discrete;

    /// <inheritdoc/>
    public override float Low(int index) => Continuous.Low(index);

    /// <inheritdoc/>
    public override float High(int index) => Continuous.High(index);

    /// <inheritdoc/>
    public override string ToString() => $"Dict(c: {Continuous}, d: {Discrete})";
}
