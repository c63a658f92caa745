using System.Globalization;

namespace Heron.Learning.Reporting;

/// <summary>Maps numbers to positions along an axis and chooses round numbers to label.</summary>
internal sealed class AxisScale
{
    private const int WantedTicks = 6;

    private readonly double _low;
    private readonly double _high;
    private readonly double _start;
    private readonly double _end;

    /// <param name="low">Smallest number that is drawn.</param>
    /// <param name="high">Largest number that is drawn.</param>
    /// <param name="start">Position of the smallest label.</param>
    /// <param name="end">Position of the largest one.</param>
    public AxisScale(double low, double high, double start, double end)
    {
        // A flat curve still needs an axis.
        double margin = high > low ? 0 : Math.Max(1, Math.Abs(high) * 0.1);
        double step = RoundStep((high - low + (2 * margin)) / WantedTicks);
        long first = (long)Math.Floor((low - margin) / step), last = (long)Math.Ceiling((high + margin) / step);
        _low = first * step;
        _high = last * step;
        (_start, _end) = (start, end);
        Ticks = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)];
    }

    /// <summary>Round numbers from one end to the other.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Where a number stands.</summary>
    public double Position(double value) => _start + ((value - _low) / (_high - _low) * (_end - _start));

    /// <summary>A number as it is written beside the axis: thousands as k, millions as M.</summary>
    public static string Label(double value)
    {
        (double divisor, string suffix) = Math.Abs(value) switch
        {
            >= 1e9 => (1e9, "G"),
            >= 1e6 => (1e6, "M"),
            >= 1e4 => (1e3, "k"),
            _ => (1, ""),
        };
        return (value / divisor).ToString("0.######", CultureInfo.InvariantCulture) + suffix;
    }

    // 1, 2 or 5 times a power of ten, the smallest that is not below the wanted one.
    private static double RoundStep(double wanted)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        double factor = wanted / power;
        return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
    }
}
