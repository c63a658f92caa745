using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Heron.Server.Commands;

/// <summary>Options that take a number with a fraction; wrong ones are told with what is allowed.</summary>
internal static class RealOption
{
    /// <summary>An option that is null when it is not given.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="minimum">Lowest value.</param>
    /// <param name="maximum">Highest value.</param>
    public static Option<double?> CreateOptional(string name, string description, double minimum, double maximum) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = result => Parse(result, minimum, maximum),
    };

    private static double? Parse(ArgumentResult result, double minimum, double maximum)
    {
        string text = result.OnlyText();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        result.Refuse(text, string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}"));
        return null;
    }
}
