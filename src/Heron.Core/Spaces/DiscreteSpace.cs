namespace Heron.Core.Spaces;

/// <summary>One choice among n categories, 0..n-1: Gymnasium's Discrete.</summary>
/// <param name="count">Categories, at least 1.</param>
public sealed class DiscreteSpace(int count) : Space(0, [MultiDiscreteSpace.CheckHead(count, 0)])
{
    /// <summary>Number of categories.</summary>
    public int Count => HeadSizes[0];

    /// <inheritdoc/>
    public override string ToString() => $"Discrete({Count})";
}
