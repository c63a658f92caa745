using System.Text.Json;

namespace Heron.Grpc.Tests.Build;

/// <summary>What NuGet is asked to restore for the solution.</summary>
/// <param name="Projects">Package id and version of every project.</param>
/// <param name="Packages">Ids of the packages that any project asks for.</param>
/// <param name="References">File names (without ending) of the projects that another project refers to, those of Grpc.* projects to each other left out.</param>
internal sealed record RestoreGraph(
    HashSet<string> Projects,
    HashSet<string> Packages,
    HashSet<string> References)
{
    /// <summary>Reads NuGet's restore graph file.</summary>
    public static RestoreGraph Read(JsonElement root)
    {
        var graph = new RestoreGraph([], [], []);
        foreach (var project in root.GetProperty("projects").EnumerateObject())
        {
            graph.Add(Path.GetFileNameWithoutExtension(project.Name), project.Value);
        }

        return graph;
    }

    private void Add(string name, JsonElement project)
    {
        var restore = project.GetProperty("restore");
        Projects.Add($"{restore.GetProperty("projectName").GetString()} {project.GetProperty("version").GetString()}");
        foreach (var framework in project.GetProperty("frameworks").EnumerateObject())
        {
            if (framework.Value.TryGetProperty("dependencies", out var dependencies))
            {
                Packages.UnionWith(dependencies.EnumerateObject().Select(dependency => dependency.Name));
            }
        }

        if (name.StartsWith("Grpc.", StringComparison.Ordinal))
        {
            return;
        }

        foreach (var framework in restore.GetProperty("frameworks").EnumerateObject())
        {
            References.UnionWith(framework.Value.GetProperty("projectReferences").EnumerateObject()
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Name)));
        }
    }
}
