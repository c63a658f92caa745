using System.Globalization;

namespace Heron.Server.Commands;

/// <summary>Ranges of numbers in words.</summary>
internal static class RangeText
{
    /// <summary>A range of single-precision numbers; empty ends are left out.</summary>
    public static string Of(float low, float high) => Of(low, high, low.ToString(CultureInfo.InvariantCulture), high.ToString(CultureInfo.InvariantCulture));

    /// <summary>A range of double-precision numbers.</summary>
    public static string Of(double low, double high) => Of(low, high, low.ToString(CultureInfo.InvariantCulture), high.ToString(CultureInfo.InvariantCulture));

    private static string Of(double low, double high, string lowText, string highText) => (double.IsFinite(low), double.IsFinite(high)) switch
    {
        (true, true) => $"{lowText} to {highText}",
        (true, false) => $"at least {lowText}",
        (false, true) => $"at most {highText}",
        _ => "any",
    };
}
