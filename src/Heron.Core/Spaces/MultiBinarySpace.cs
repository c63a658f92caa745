namespace Heron.Core.Spaces;

/// <summary>n switches, each 0 or 1: Gymnasium's MultiBinary.</summary>
/// <param name="count">Switches, at least 1.</param>
public sealed class MultiBinarySpace(int count)
    : Space(0, Enumerable.Repeat(2, MultiDiscreteSpace.CheckHead(count, 0)).ToArray())
{
    /// <summary>Number of switches.</summary>
    public int Count => HeadSizes.Length;

    /// <inheritdoc/>
    public override string ToString() => $"MultiBinary({Count})";
}
