namespace Heron.Core.Spaces;

/// <summary>n switches, each 0 or 1: Gymnasium's MultiBinary.</summary>
/// <param name="count">Switches, at least 1.</param>
public sealed class MultiBinarySpace(int count)
    : Space(0, MakeHeads(count))
{
    /// <summary>Number of switches.</summary>
    public int Count => HeadSizes.Length;

    /// <inheritdoc/>
    public override string ToString() => $"MultiBinary({Count})";

    private static int[] MakeHeads(int count) => count >= 1
        ? [.. Enumerable.Repeat(2, count)]
        : throw new ArgumentOutOfRangeException(nameof(count), count, $"A MultiBinary space with {count} switches; at least 1 is needed.");
}
