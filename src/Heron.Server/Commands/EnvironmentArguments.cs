using System.CommandLine;
using System.Globalization;
using Heron.Core.Environments;

namespace Heron.Server.Commands;

/// <summary>The environment and its parameters on a command line.</summary>
internal sealed class EnvironmentArguments
{
    private readonly Argument<string?> _id;

    private readonly Option<string[]> _parameters = new("--param")
    {
        Description = "Set a parameter of the environment; may be given several times. A list of numbers is written 1,2,3.",
        HelpName = "KEY=VALUE",
    };

    /// <param name="isOptional">Whether the id may be left out.</param>
    public EnvironmentArguments(bool isOptional)
    {
        _id = new Argument<string?>("ENV")
        {
            Description = "Id of an environment, for example MultiAgentArena-v0. 'heron envs' lists them.",
            Arity = isOptional ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        };
    }

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_id);
        command.Options.Add(_parameters);
    }

    /// <summary>Whether an id was given.</summary>
    public bool IsGiven(ParseResult result) => result.GetValue(_id) is not null;

    /// <summary>Looks the environment up.</summary>
    /// <exception cref="CommandFailedException">There is none.</exception>
    public EnvironmentDefinition Definition(ParseResult result, EnvironmentRegistry registry)
    {
        try
        {
            return registry.Get(result.GetValue(_id)!);
        }
        catch (EnvironmentNotFoundException exception)
        {
            throw new CommandFailedException(exception.Message, ExitCodes.WrongUsage);
        }
    }

    /// <summary>Settles the parameters.</summary>
    /// <exception cref="CommandFailedException">A parameter is wrong.</exception>
    public EnvironmentFactory Configure(ParseResult result, EnvironmentDefinition definition)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (string text in result.GetValue(_parameters) ?? [])
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new CommandFailedException($"--param is '{text}'; it takes KEY=VALUE.", ExitCodes.WrongUsage);
            }

            string name = text[..equals];
            string? type = definition.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Type;
            values[name] = Parse(type, text[(equals + 1)..]);
        }

        try
        {
            return definition.Configure(values);
        }
        catch (ArgumentException exception)
        {
            throw new CommandFailedException(exception.Message, ExitCodes.WrongUsage);
        }
    }

    // What does not parse stays a text, and the environment says what it takes instead.
    private static object Parse(string? type, string text) => type switch
    {
        "bool" when bool.TryParse(text, out bool flag) => flag,
        "int" or "float" when TryNumber(text, out double number) => number,
        "float list" when text.Split(',') is var parts && parts.All(part => TryNumber(part, out _)) =>
            Array.ConvertAll(parts, part => double.Parse(part, CultureInfo.InvariantCulture)),
        _ => text,
    };

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
