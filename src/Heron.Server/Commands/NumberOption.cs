using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Heron.Server.Commands;

/// <summary>Options that take a whole number; wrong ones are told with what is allowed.</summary>
internal static class NumberOption
{
    /// <summary>An option with a default.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="minimum">Lowest value.</param>
    /// <param name="value">The default.</param>
    public static Option<int> Create(string name, string description, int minimum, int value) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => value,
        CustomParser = result => (int)(Parse(result, minimum, int.MaxValue) ?? value),
    };

    /// <summary>An option that is null when it is not given.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">One sentence that also tells what happens without it.</param>
    /// <param name="minimum">Lowest value.</param>
    /// <param name="maximum">Highest value.</param>
    public static Option<long?> CreateOptional(string name, string description, long minimum, long maximum = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Parse(result, minimum, maximum),
    };

    private static long? Parse(ArgumentResult result, long minimum, long maximum)
    {
        string text = result.OnlyText();
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        result.Refuse(text, $"a whole number from {minimum} to {maximum}");
        return null;
    }
}
