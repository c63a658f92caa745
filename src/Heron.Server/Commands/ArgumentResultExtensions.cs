using System.CommandLine.Parsing;

namespace Heron.Server.Commands;

/// <summary>What parsers of options share: the text that was given, and how a wrong one is told.</summary>
internal static class ArgumentResultExtensions
{
    /// <summary>The value as it was typed; empty when there is none, or more than one.</summary>
    public static string OnlyText(this ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";

    /// <summary>Refuses a value.</summary>
    /// <param name="result">Of the option.</param>
    /// <param name="text">The value as it was typed.</param>
    /// <param name="allowed">What the option takes.</param>
    public static void Refuse(this ArgumentResult result, string text, string allowed)
    {
        string option = result.Parent is OptionResult parent ? parent.Option.Name : "The option";
        result.AddError($"{option} is '{text}'; it takes {allowed}.");
    }
}
