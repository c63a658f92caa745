using System.Collections;
using System.Globalization;
using Heron.Core.Environments;
using Spectre.Console;

namespace Heron.Server.Commands;

/// <summary>Writes all that a user wants to know about an environment.</summary>
/// <param name="terminal">Where to.</param>
internal sealed class EnvironmentCardView(Terminal terminal)
{
    public void Write(EnvironmentDefinition definition, EnvironmentSpec spec)
    {
        terminal.Output.WriteLine($"{definition.Id}: {definition.Card.Summary}");
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(definition.Card.Description);
        WriteAgents(spec);
        WriteParameters(definition, spec);
        WriteFacts(spec);
        WriteTitle("Version history");
        foreach (string line in definition.Card.VersionHistory)
        {
            terminal.Output.WriteLine(line);
        }
    }

    private void WriteAgents(EnvironmentSpec spec)
    {
        WriteTitle("Agents");
        Table table = terminal.CreateTable("Agent", "Level", "Under", "Observation", "Action");
        foreach (AgentSpec agent in spec.Agents)
        {
            string mask = agent.HasActionMask ? ", with mask" : "";
            table.AddRow(
                new Text(agent.Id),
                new Text(agent.Level.ToString().ToLowerInvariant()),
                new Text(agent.ParentId ?? "-"),
                new Text(Describe(agent.ObservationSpace.ToString()!, agent.ObservationLabels)),
                new Text(Describe(agent.ActionSpace + mask, agent.ActionLabels)));
        }

        terminal.Console.Write(table);
    }

    private void WriteParameters(EnvironmentDefinition definition, EnvironmentSpec spec)
    {
        WriteTitle("Parameters (--param KEY=VALUE)");
        Table table = terminal.CreateTable("Parameter", "Type", "Default", "Here", "Range", "Unit", "Meaning");
        foreach (EnvironmentParameter parameter in definition.Parameters)
        {
            object here = spec.Parameters.GetValueOrDefault(parameter.Name, parameter.Default);
            table.AddRow(
                new Text(parameter.Name),
                new Text(parameter.Type),
                new Text(Show(parameter.Default)),
                new Text(Show(here)),
                new Text(Range(parameter)),
                new Text(parameter.Unit),
                new Text(parameter.Summary));
        }

        terminal.Console.Write(table);
    }

    private void WriteFacts(EnvironmentSpec spec)
    {
        WriteTitle("Episode");
        terminal.Output.WriteLine($"Length       {(spec.MaxEpisodeSteps is { } steps ? $"at most {steps} steps" : "no limit")}");
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Time         {(spec.StepSeconds is { } seconds ? $"{seconds} s per step" : "no clock")}"));
        terminal.Output.WriteLine($"Metrics      {List(spec.MetricNames)}");
        terminal.Output.WriteLine($"Render modes {List(spec.RenderModes)}");
    }

    private void WriteTitle(string title)
    {
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(title);
    }

    private static string Describe(string space, IReadOnlyList<string> labels) => labels.Count == 0 ? space : $"{space}: {string.Join(", ", labels)}";

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);

    private static string Range(EnvironmentParameter parameter)
    {
        bool hasMinimum = double.IsFinite(parameter.Minimum), hasMaximum = double.IsFinite(parameter.Maximum);
        return parameter.Choices.Count > 0 ? string.Join(" | ", parameter.Choices)
            : hasMinimum && hasMaximum ? $"{Show(parameter.Minimum)} to {Show(parameter.Maximum)}"
            : hasMinimum ? $"from {Show(parameter.Minimum)}"
            : hasMaximum ? $"up to {Show(parameter.Maximum)}"
            : "any";
    }

    private static string Show(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => text,
        IEnumerable list => string.Join(",", list.Cast<object>().Select(Show)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
