using System.CommandLine;
using Heron.Core.Environments;
using Spectre.Console;

namespace Heron.Server.Commands;

/// <summary>heron envs.</summary>
internal static class EnvsCommand
{
    private const string Description = """
        Lists the environments, or shows the card of one: task, agents, spaces, parameters and version history.

        Examples:
          heron envs
          heron envs SimpleMicrogrids-v0
          heron envs SimpleMicrogrids-v0 --param num_microgrids=5
        """;

    /// <summary>Declares the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var environment = new EnvironmentArguments(isOptional: true);
        var command = new Command("envs", Description);
        environment.AddTo(command);
        command.SetAction(result =>
        {
            if (environment.IsGiven(result))
            {
                EnvironmentDefinition definition = environment.Definition(result, context.Registry);
                new EnvironmentCardView(context.Terminal).Write(definition, environment.Configure(result, definition).Spec);
            }
            else
            {
                WriteList(context);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static void WriteList(CommandContext context)
    {
        Table table = context.Terminal.CreateTable("Environment", "Summary");
        foreach (EnvironmentDefinition definition in context.Registry.Definitions)
        {
            table.AddRow(new Text(definition.Id), new Text(definition.Card.Summary));
        }

        context.Terminal.Console.Write(table);
        context.Terminal.Output.WriteLine();
        context.Terminal.Output.WriteLine("'heron envs ENV' shows one of them, 'heron play ENV' plays it.");
    }
}
