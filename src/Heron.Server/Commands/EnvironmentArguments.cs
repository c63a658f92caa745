using System.CommandLine;
using System.Text.Json;
using Heron.Core.Environments;

namespace Heron.Server.Commands;

/// <summary>The part of a command line that names an environment and sets its parameters.</summary>
internal sealed class EnvironmentArguments
{
    /// <summary>NAME=VALUE, any number of times.</summary>
    public Option<string[]> Parameters { get; } = new("--param", "-p")
    {
        Description = "Sets a parameter of the environment; may be given several times. VALUE is a number, true or false, a text, numbers or texts with commas between them, or JSON for objects.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Settles the parameters.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="definition">The environment that was named.</param>
    /// <param name="others">Values of parameters that the command line does not set; null for none.</param>
    /// <exception cref="CommandFailedException">A parameter is malformed, unknown or out of range; wrong usage.</exception>
    public EnvironmentFactory Configure(ParseResult result, EnvironmentDefinition definition, IReadOnlyDictionary<string, object>? others = null)
    {
        Dictionary<string, object> values = ValuesOf(result.GetValue(Parameters)!, definition);
        foreach ((string name, object value) in others ?? new Dictionary<string, object>())
        {
            values.TryAdd(name, value);
        }

        try
        {
            return definition.Configure(values);
        }
        catch (Exception exception) when (exception is InvalidOperationException || (exception is ArgumentException && values.Count == 0))
        {
            throw new CommandFailedException($"{definition.Id} does not build. {exception.Message}");
        }
        catch (ArgumentException exception)
        {
            throw new CommandFailedException($"{exception.Message} See 'heron envs {definition.Id}'.", ExitCodes.WrongUsage);
        }
    }

    /// <summary>The values that the command line sets, by name.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="definition">The environment that they are for.</param>
    /// <exception cref="CommandFailedException">One is malformed; wrong usage.</exception>
    public IReadOnlyDictionary<string, object> Values(ParseResult result, EnvironmentDefinition definition) => ValuesOf(result.GetValue(Parameters)!, definition);

    /// <summary>Looks an environment up.</summary>
    /// <param name="registry">The catalogue.</param>
    /// <param name="id">What was typed.</param>
    /// <exception cref="CommandFailedException">There is none; wrong usage.</exception>
    public static EnvironmentDefinition Find(EnvironmentRegistry registry, string id)
    {
        try
        {
            return registry.Get(id);
        }
        catch (EnvironmentNotFoundException exception)
        {
            throw new CommandFailedException(exception.Message, ExitCodes.WrongUsage);
        }
    }

    private static Dictionary<string, object> ValuesOf(string[] settings, EnvironmentDefinition definition)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (string setting in settings)
        {
            int equals = setting.IndexOf('=');
            string name = setting[..Math.Max(equals, 0)].Trim();
            if (name.Length == 0)
            {
                throw new CommandFailedException(
                    $"--param is '{setting}'; it takes NAME=VALUE, for example --param {ExampleOf(definition)}.", ExitCodes.WrongUsage);
            }

            if (!values.TryAdd(name, ValueOf(name, setting[(equals + 1)..].Trim(), definition)))
            {
                throw new CommandFailedException($"--param sets '{name}' twice; give it one value.", ExitCodes.WrongUsage);
            }
        }

        return values;
    }

    private static object ValueOf(string name, string text, EnvironmentDefinition definition)
    {
        EnvironmentParameter? parameter = definition.Parameters.FirstOrDefault(parameter => parameter.Name == name);
        try
        {
            return ParameterText.Parse(parameter?.Type, text);
        }
        catch (JsonException exception)
        {
            throw new CommandFailedException(
                $"--param {name} takes JSON ({parameter?.Type}), but: {exception.Message} Quote it for the shell, for example --param '{name}={ParameterText.Format(parameter!.Default)}'.", ExitCodes.WrongUsage);
        }
    }

    private static string ExampleOf(EnvironmentDefinition definition) =>
        definition.Parameters is [{ } first, ..] ? $"{first.Name}={ParameterText.Format(first.Default)}" : "count=3";
}
