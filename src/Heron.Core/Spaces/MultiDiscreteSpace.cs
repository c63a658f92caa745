namespace Heron.Core.Spaces;

/// <summary>Several independent choices, Gymnasium's MultiDiscrete.</summary>
/// <param name="headSizes">Categories of each head, each at least 1; at least one head.</param>
public sealed class MultiDiscreteSpace(params IReadOnlyList<int> headSizes) : Space(0, CheckHeads(headSizes))
{
    /// <inheritdoc/>
    public override string ToString() => $"MultiDiscrete([{string.Join(", ", HeadSizes.ToArray())}])";

    internal static int CheckHead(int size, int head) => size >= 1
        ? size
        : throw new ArgumentOutOfRangeException(nameof(size), size, $"Head {head} has {size} categories; at least 1 is needed.");

    private static int[] CheckHeads(IReadOnlyList<int> sizes) => sizes.Count > 0
        ? [.. sizes.Select(CheckHead)]
        : throw new ArgumentException("A MultiDiscrete space needs at least one head.", nameof(sizes));
}
