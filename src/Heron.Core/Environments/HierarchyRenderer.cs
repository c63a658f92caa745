using System.Globalization;
using System.Text;
using Heron.Core.Agents;
using Heron.Core.Features;

namespace Heron.Core.Environments;

/// <summary>Draws an agent tree as text, each agent with its features.</summary>
internal static class HierarchyRenderer
{
    public static string Draw(StateStore store)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"step {store.Clock.Step}, {store.Clock.Nanoseconds / 1e9} s\n");
        Draw(text, store.Layout.Tree.Root, store, depth: 0);
        return text.ToString();
    }

    private static void Draw(StringBuilder text, Agent agent, StateStore store, int depth)
    {
        text.Append(' ', 2 * depth).Append(agent.Id);
        foreach (Feature feature in agent.Features)
        {
            foreach (FeatureField field in feature.Fields)
            {
                string unit = field.Unit.Length > 0 ? $" {field.Unit}" : "";
                text.Append(CultureInfo.InvariantCulture, $"  {FeatureSchema.SnakeCase(feature.Name)}.{field.Name} = {Value(store, feature.Offset + field.Offset, field.Kind)}{unit}");
            }
        }

        text.Append('\n');
        foreach (Agent child in agent.Children)
        {
            Draw(text, child, store, depth + 1);
        }
    }

    private static string Value(StateStore store, int offset, FieldKind kind) => kind switch
    {
        FieldKind.Double => store.At<double>(offset).ToString("G6", CultureInfo.InvariantCulture),
        FieldKind.Float => store.At<float>(offset).ToString("G6", CultureInfo.InvariantCulture),
        FieldKind.Int => store.At<int>(offset).ToString(CultureInfo.InvariantCulture),
        _ => store.At<bool>(offset) ? "true" : "false",
    };
}
