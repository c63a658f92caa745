using System.Globalization;
using System.Text;
using Heron.Core.Environments;

namespace Heron.Core.Composition;

/// <summary>What a catalogue offers, as text for people: one paragraph per entry.</summary>
internal static class CatalogText
{
    public static string Of(CompositionCatalog catalog) => string.Join(
        "\n\n",
        [
            .. catalog.Simulations.Values.Select(simulation => Describe(
                string.Create(CultureInfo.InvariantCulture, $"Simulation {simulation.Name} ({simulation.StepSeconds} s per step; serves {string.Join(", ", catalog.ServedBy(simulation).Select(served => served.Name))})"),
                simulation)),
            .. catalog.AgentClasses.Values.Select(agentClass => Describe(
                $"Class {agentClass.Name} ({(agentClass.Level == AgentLevel.Coordinator ? "coordinator" : "field agent")}{(agentClass.FitsEverySimulation ? ", with any simulation" : "")})",
                agentClass)),
            .. catalog.Protocols.Values.Select(protocol => Describe($"Protocol {protocol.Name}", protocol)),
            $"Every entry of agents:{Describe(CompositionReader.EntryParameters(AgentLevel.Field))}",
            $"Every entry of coordinators:{Describe(CompositionReader.EntryParameters(AgentLevel.Coordinator))}",
            $"Every schedule:{Describe(CompositionReader.ScheduleParameters)}",
        ]);

    private static string Describe(string title, CatalogEntry entry) =>
        $"{title}: {entry.Summary}{(entry.Parameters.Count == 0 ? "" : " Arguments:")}{Describe(entry.Parameters)}";

    private static string Describe(IReadOnlyList<EnvironmentParameter> parameters)
    {
        var text = new StringBuilder();
        foreach (EnvironmentParameter parameter in parameters)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n- {parameter.Name} ({parameter.Type}{Range(parameter)}{Default(parameter)}): {parameter.Summary}");
        }

        return text.ToString();
    }

    private static string Range(EnvironmentParameter parameter)
    {
        string unit = parameter.Unit.Length > 0 ? " " + parameter.Unit : "";
        return parameter.Choices.Count > 0
            ? $", one of {string.Join(", ", parameter.Choices)}"
            : (double.IsFinite(parameter.Minimum), double.IsFinite(parameter.Maximum)) switch
            {
                (true, true) => string.Create(CultureInfo.InvariantCulture, $", {parameter.Minimum} to {parameter.Maximum}{unit}"),
                (true, false) => string.Create(CultureInfo.InvariantCulture, $", {parameter.Minimum} or more{unit}"),
                (false, true) => string.Create(CultureInfo.InvariantCulture, $", at most {parameter.Maximum}{unit}"),
                _ => unit.Length > 0 ? $",{unit}" : "",
            };
    }

    private static string Default(EnvironmentParameter parameter) =>
        ParameterValue.ToJson(parameter.Default) is var json && json is "\"\"" or "[]" or "{}" ? "" : $", default {json}";
}
