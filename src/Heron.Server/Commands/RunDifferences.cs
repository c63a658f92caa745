using System.Text.Json.Nodes;
using Heron.Learning.Runs;

namespace Heron.Server.Commands;

/// <summary>Options in which runs differ.</summary>
internal static class RunDifferences
{
    // What tells where and when a run was done, not what it did.
    private static readonly HashSet<string> Circumstances = new(StringComparer.Ordinal) { "started_at", "platform", "checkpoint_interval", "training.threads" };

    /// <summary>Finds them.</summary>
    /// <param name="runs">At least one.</param>
    /// <returns>Name of each option, as in config.json, and its value in every run; - where it has none.</returns>
    public static IReadOnlyList<(string Option, IReadOnlyList<string> Values)> Between(IReadOnlyList<RunSummary> runs)
    {
        Dictionary<string, string>[] options = [.. runs.Select(run => Flatten(JsonNode.Parse(run.Configuration.ToJson())!, ""))];
        return
        [
            .. options.SelectMany(option => option.Keys).Distinct()
                .Where(name => !Circumstances.Contains(name))
                .Select(name => (name, (IReadOnlyList<string>)[.. options.Select(option => option.GetValueOrDefault(name, "-"))]))
                .Where(option => option.Item2.Distinct().Count() > 1),
        ];
    }

    private static Dictionary<string, string> Flatten(JsonNode node, string prefix)
    {
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, JsonNode? value) in node.AsObject())
        {
            string path = prefix + name;
            if (value is JsonObject inside)
            {
                foreach ((string inner, string text) in Flatten(inside, path + "."))
                {
                    flat[inner] = text;
                }
            }
            else
            {
                flat[path] = value?.ToJsonString().Trim('"') ?? "none";
            }
        }

        return flat;
    }
}
