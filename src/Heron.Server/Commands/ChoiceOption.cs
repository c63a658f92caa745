using System.CommandLine;
using System.CommandLine.Parsing;

namespace Heron.Server.Commands;

/// <summary>Options that take one of a few words.</summary>
internal static class ChoiceOption
{
    /// <summary>An option that is null when it is not given.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="choices">The words.</param>
    public static Option<string?> CreateOptional(string name, string description, IReadOnlyList<string> choices) => new(name)
    {
        Description = description,
        HelpName = string.Join('|', choices),
        CustomParser = result => Parse(result, choices),
    };

    private static string? Parse(ArgumentResult result, IReadOnlyList<string> choices)
    {
        string text = result.OnlyText();
        if (choices.Contains(text))
        {
            return text;
        }

        result.Refuse(text, $"one of {string.Join(", ", choices)}");
        return null;
    }
}
