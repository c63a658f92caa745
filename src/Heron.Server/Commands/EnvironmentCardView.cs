using System.Globalization;
using Heron.Core.Environments;
using Heron.Core.Spaces;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Heron.Server.Commands;

/// <summary>Shows all that a person wants to know about an environment.</summary>
/// <param name="terminal">Where it is shown.</param>
internal sealed class EnvironmentCardView(Terminal terminal)
{
    // Cards with more kinds of agents or metrics than this are read as JSON.
    private const int GroupLimit = 24;

    private readonly IAnsiConsole _console = terminal.Console;

    /// <summary>Writes the card.</summary>
    /// <param name="definition">The entry of the catalogue.</param>
    /// <param name="spec">For the parameters that were chosen.</param>
    public void Write(EnvironmentDefinition definition, EnvironmentSpec spec)
    {
        Heading(definition.Id);
        Paragraph(definition.Card.Summary);
        _console.WriteLine();
        foreach (string paragraph in definition.Card.Description.Split("\n\n"))
        {
            Paragraph(paragraph.Trim());
            _console.WriteLine();
        }

        WriteParameters(definition, spec);
        WriteAgents(spec);
        WriteFacts(spec);
        Heading("Versions");
        foreach (string version in definition.Card.VersionHistory)
        {
            Indented(1, new Text(version));
        }
    }

    private void WriteParameters(EnvironmentDefinition definition, EnvironmentSpec spec)
    {
        if (definition.Parameters.Count == 0)
        {
            Paragraph("It has no parameters.");
            _console.WriteLine();
            return;
        }

        Heading("Parameters (--param NAME=VALUE)");
        Table table = PlainTable.Create("", "");
        table.HideHeaders();
        foreach (EnvironmentParameter parameter in definition.Parameters)
        {
            table.AddRow(new Text(parameter.Name), new Text($"{FactsOf(parameter, spec)}\n{parameter.Summary}"));
        }

        Indented(1, table);
        _console.WriteLine();
    }

    private void WriteAgents(EnvironmentSpec spec)
    {
        IReadOnlyList<AgentGroup> groups = AgentGroup.Of(spec.Agents);
        Heading(spec.Agents.Count == 1 ? "1 agent" : $"{spec.Agents.Count} agents");
        foreach (AgentGroup group in groups.Take(GroupLimit))
        {
            AgentSpec agent = group.Agents[0];
            Indented(1, new Text($"{group.Name}: {group.Place}"));
            string view = group.Agents.Any(other => !other.ObservationLabels.SequenceEqual(agent.ObservationLabels)) ? $", here those of {agent.Id}" : "";
            WriteSpace("observes", agent.ObservationSpace, agent.ObservationLabels, view);
            WriteSpace("acts", agent.ActionSpace, agent.ActionLabels, agent.HasActionMask ? ", with an action mask" : "");
        }

        if (groups.Count > GroupLimit)
        {
            Indented(1, new Text($"... and {groups.Skip(GroupLimit).Sum(group => group.Agents.Count)} other agents; --json shows all."));
        }

        _console.WriteLine();
        WriteHierarchy(spec);
    }

    private void WriteSpace(string verb, Space space, IReadOnlyList<string> labels, string note)
    {
        Indented(2, new Text($"{verb} {(space.Length == 1 ? "1 number" : $"{space.Length} numbers")}{note}"));
        Table table = labels.Count > 0 ? PlainTable.Create("", "", "") : PlainTable.Create("", "");
        table.HideHeaders();
        table.Columns[0].RightAligned();
        foreach (SpaceRow row in SpaceRow.Of(space, labels))
        {
            string[] cells = labels.Count > 0 ? [row.Index, row.Label, row.Range] : [row.Index, row.Range];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        Indented(3, table);
    }

    private void WriteHierarchy(EnvironmentSpec spec)
    {
        if (spec.Hierarchy.Count == 0)
        {
            return;
        }

        Heading("Agent tree");
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (HierarchyNode node in spec.Hierarchy)
        {
            depths[node.Id] = node.ParentId is null ? 0 : depths[node.ParentId] + 1;
        }

        var groups = spec.Hierarchy.GroupBy(node => (AgentGroup.Pattern(node.Id), node.Level, AgentGroup.Pattern(node.ParentId ?? "")));
        foreach (HierarchyNode[] nodes in groups.Select(group => group.ToArray()).OrderBy(nodes => depths[nodes[0].Id]).Take(GroupLimit))
        {
            string name = nodes.Length == 1 ? nodes[0].Id : $"{nodes[0].Id} ... {nodes[^1].Id} ({nodes.Length})";
            Indented(1 + depths[nodes[0].Id], new Text($"{name}: {AgentGroup.LevelName(nodes[0].Level)}"));
        }

        _console.WriteLine();
    }

    private void WriteFacts(EnvironmentSpec spec)
    {
        string clock = spec.StepSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds} s of simulated time") : "no clock";
        Table table = PlainTable.Create("", "");
        table.HideHeaders();
        table.AddRow(new Text("Episode"), new Text(spec.MaxEpisodeSteps is { } steps ? $"at most {steps} steps" : "no limit of steps"));
        table.AddRow(new Text("Step"), new Text(clock));
        table.AddRow(new Text("Metrics"), new Text(ListOrNone(spec.MetricNames)));
        table.AddRow(new Text("Rendering"), new Text(ListOrNone(spec.RenderModes)));
        _console.Write(table);
        _console.WriteLine();
    }

    private static string ListOrNone(IReadOnlyList<string> names) => names.Count == 0
        ? "none"
        : string.Join(", ", names.Take(GroupLimit)) + (names.Count > GroupLimit ? $" and {names.Count - GroupLimit} more" : "");

    private static string FactsOf(EnvironmentParameter parameter, EnvironmentSpec spec)
    {
        string range = RangeText.Of(parameter.Minimum, parameter.Maximum);
        string unit = parameter.Unit.Length > 0 ? $" {parameter.Unit}" : "";
        string allowed = parameter.Type switch
        {
            "bool" => "",
            "string" => parameter.Choices.Count > 0 ? $", one of {string.Join(", ", parameter.Choices)}" : ", any text",
            "float list" => $", each {range}{unit}",
            "string list" => ", separated by commas",
            "object" or "object list" => ", as JSON",
            _ => $", {range}{unit}",
        };
        string standard = ParameterText.Format(parameter.Default);
        string value = ParameterText.Format(spec.Parameters.GetValueOrDefault(parameter.Name, parameter.Default));
        return $"{parameter.Type}{allowed}; default {(standard.Length == 0 ? "none" : standard)}{(value == standard ? "" : $", here {value}")}";
    }

    private void Heading(string text) => _console.Write(new Text(text + "\n", new Style(decoration: Decoration.Bold)));

    private void Paragraph(string text)
    {
        if (terminal.IsInteractive)
        {
            _console.Write(new Text(text + "\n"));
        }
        else
        {
            // Whoever reads a pipe or a file wraps lines as they like.
            terminal.Output.WriteLine(text);
        }
    }

    private void Indented(int levels, IRenderable content) => _console.Write(new Padder(content, new Padding(2 * levels, 0, 0, 0)));
}
