using System.Globalization;
using System.Text;

namespace Heron.Server.Commands;

/// <summary>Numbers for people: five digits are enough to follow what happens.</summary>
internal static class NumberText
{
    /// <summary>One number; large ones without a power of ten as long as they are no longer than it.</summary>
    public static string Of(double number) =>
        number.ToString(Math.Abs(number) is >= 1e5 and < 1e10 ? "F0" : "G5", CultureInfo.InvariantCulture);

    /// <summary>Several numbers, cut when they take too much room.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="maximumLength">Characters to fill; at least one number is shown.</param>
    public static string OfList(IReadOnlyList<double> numbers, int maximumLength)
    {
        var text = new StringBuilder();
        for (int i = 0; i < numbers.Count; i++)
        {
            string next = (i > 0 ? " " : "") + Of(numbers[i]);
            string rest = i + 1 < numbers.Count ? $" (+{numbers.Count - i - 1})" : "";
            if (i > 0 && text.Length + next.Length + rest.Length > maximumLength)
            {
                return text.Append(CultureInfo.InvariantCulture, $" (+{numbers.Count - i})").ToString();
            }

            text.Append(next);
        }

        return text.ToString();
    }
}
