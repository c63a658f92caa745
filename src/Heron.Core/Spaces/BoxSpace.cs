using System.Globalization;

namespace Heron.Core.Spaces;

/// <summary>Real vectors or arrays between two bounds per number, Gymnasium's Box with float32 values.</summary>
public sealed class BoxSpace : Space
{
    private readonly float[] _low;
    private readonly float[] _high;
    private readonly int[] _shape;

    /// <summary>Creates a vector with bounds of its own for each number.</summary>
    /// <param name="low">Lowest values, shape (n); negative infinity for none.</param>
    /// <param name="high">Highest values, shape (n), each at least the lowest; positive infinity for none.</param>
    /// <param name="shape">Shape of the array, row-major; default (n).</param>
    /// <exception cref="ArgumentException">Lengths differ, a size is negative, a bound is NaN, or no finite number lies between two bounds.</exception>
    public BoxSpace(IReadOnlyList<float> low, IReadOnlyList<float> high, IReadOnlyList<int>? shape = null)
        : base(low.Count, [])
    {
        if (low.Count != high.Count)
        {
            throw new ArgumentException($"A box needs as many highest as lowest values; got {high.Count} and {low.Count}.", nameof(high));
        }

        _shape = shape is null ? [low.Count] : [.. shape];
        if (_shape.Any(size => size < 0) || _shape.Aggregate(1L, (product, size) => product * size) != low.Count)
        {
            throw new ArgumentException($"Shape ({string.Join(", ", _shape)}) does not hold {low.Count} numbers.", nameof(shape));
        }

        for (int i = 0; i < low.Count; i++)
        {
            if (!(low[i] <= high[i]) || float.IsPositiveInfinity(low[i]) || float.IsNegativeInfinity(high[i]))
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Bounds of number {i} are [{low[i]}, {high[i]}]; the lowest must not exceed the highest, and a finite number must lie between."),
                    nameof(low));
            }
        }

        _low = [.. low];
        _high = [.. high];
    }

    /// <summary>Creates a vector of <paramref name="length"/> numbers that share their bounds.</summary>
    /// <param name="low">Lowest value.</param>
    /// <param name="high">Highest value.</param>
    /// <param name="length">Numbers in the vector, default 1.</param>
    public BoxSpace(float low, float high, int length = 1)
        : this(Enumerable.Repeat(low, length).ToArray(), Enumerable.Repeat(high, length).ToArray())
    {
    }

    /// <summary>Creates a vector of unbounded numbers.</summary>
    /// <param name="length">Numbers in the vector.</param>
    public static BoxSpace Unbounded(int length) => new(float.NegativeInfinity, float.PositiveInfinity, length);

    /// <summary>Shape of the array, row-major.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Lowest values, shape (n).</summary>
    public ReadOnlySpan<float> LowValues => _low;

    /// <summary>Highest values, shape (n).</summary>
    public ReadOnlySpan<float> HighValues => _high;

    /// <inheritdoc/>
    public override float Low(int index) => _low[index];

    /// <inheritdoc/>
    public override float High(int index) => _high[index];

    /// <inheritdoc/>
    public override string ToString()
    {
        bool uniform = _low.AsSpan().Trim(_low.Length > 0 ? _low[0] : 0).IsEmpty && _high.AsSpan().Trim(_high.Length > 0 ? _high[0] : 0).IsEmpty;
        string bounds = uniform && _low.Length > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{_low[0]}, {_high[0]}")
            : string.Create(CultureInfo.InvariantCulture, $"[{Join(_low)}], [{Join(_high)}]");
        return $"Box({bounds}, ({string.Join(", ", _shape)}{(_shape.Length == 1 ? "," : "")}), float32)";
    }

    private static string Join(float[] values) =>
        string.Join(", ", values.Select(value => value.ToString(CultureInfo.InvariantCulture)));
}
