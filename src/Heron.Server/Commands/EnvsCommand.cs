using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Heron.Core.Environments;
using Heron.Server.Mapping;
using Spectre.Console;

namespace Heron.Server.Commands;

/// <summary>heron envs.</summary>
internal sealed class EnvsCommand
{
    private const string Details = """
        Examples:
          heron envs                                     what there is
          heron envs SimpleMicrogrids-v0                 task, parameters, agents and spaces
          heron envs SimpleMicrogrids-v0 -p num_microgrids=5 -p loads=3,4,2.5
          heron envs MultiAgentArena-v0 --json           the same for programs
        """;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly JsonFormatter CardFormatter = new(
        JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithPreserveProtoFieldNames(true).WithIndentation());

    private readonly Argument<string?> _id = new("ENV")
    {
        Description = "Environment whose card is shown; without it, all environments are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly EnvironmentArguments _arguments = new();

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print JSON. A card is what GetEnvironment of the gRPC service answers, with the same names.",
    };

    private EnvsCommand()
    {
    }

    /// <summary>Declares the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var envs = new EnvsCommand();
        var command = new DocumentedCommand("envs", "Lists the environments, or shows the card of one.", Details)
        {
            envs._id, envs._arguments.Parameters, envs._json,
        };
        command.SetAction(result => envs.Run(result, context));
        return command;
    }

    private int Run(ParseResult result, CommandContext context)
    {
        bool json = result.GetValue(_json);
        if (result.GetValue(_id) is not { } id)
        {
            if (result.GetValue(_arguments.Parameters)!.Length > 0)
            {
                throw new CommandFailedException("--param needs the environment that it belongs to: heron envs ENV --param NAME=VALUE.", ExitCodes.WrongUsage);
            }

            (json ? (Action<CommandContext>)ListAsJson : List)(context);
            return ExitCodes.Done;
        }

        EnvironmentDefinition definition = EnvironmentArguments.Find(context.Registry, id);
        EnvironmentSpec spec = _arguments.Configure(result, definition).Spec;
        if (json)
        {
            context.Terminal.Output.WriteLine(CardFormatter.Format(SpecMapping.ToWire(definition, spec)));
        }
        else
        {
            new EnvironmentCardView(context.Terminal).Write(definition, spec);
        }

        return ExitCodes.Done;
    }

    private static void List(CommandContext context)
    {
        Table table = PlainTable.Create("id", "agents", "summary");
        table.Columns[1].RightAligned();
        foreach (EnvironmentDefinition definition in context.Registry.Definitions)
        {
            string agents = AgentCount(definition) is { } count ? $"{count}" : "-";
            table.AddRow(new Text(definition.Id), new Text(agents), new Text(agents == "-" ? $"does not build: 'heron envs {definition.Id}' says why" : definition.Card.Summary));
        }

        context.Terminal.Console.Write(table);
        if (context.Terminal.IsInteractive)
        {
            context.Terminal.Console.WriteLine();
            context.Terminal.Console.WriteLine("'heron envs ID' shows one in full, 'heron play ID' runs it with random actions.");
        }
    }

    private static void ListAsJson(CommandContext context)
    {
        IEnumerable<JsonNode> entries = context.Registry.Definitions.Select(definition => new JsonObject
        {
            ["id"] = definition.Id,
            ["agents"] = AgentCount(definition),
            ["summary"] = definition.Card.Summary,
        });
        var list = new JsonObject { ["environments"] = new JsonArray([.. entries]) };
        context.Terminal.Output.WriteLine(list.ToJsonString(Indented));
    }

    // With default parameters. An environment under construction must not hide the others.
    private static int? AgentCount(EnvironmentDefinition definition)
    {
        try
        {
            return definition.Configure().Spec.Agents.Count;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
