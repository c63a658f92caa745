using System.Text.Json;

namespace Heron.Learning.Tests.Shared;

/// <summary>The recorded cases of one topic in tests/data/learner.</summary>
internal static class GoldenFile
{
    public static TheoryData<string> Names(string topic, Func<GoldenCase, bool>? where = null) =>
        [.. Cases(topic).Where(where ?? (_ => true)).Select(item => item.Name)];

    public static GoldenCase Case(string topic, string name) => Cases(topic).Single(item => item.Name == name);

    private static IEnumerable<GoldenCase> Cases(string topic)
    {
        string path = Path.Combine(FindUpwards("HeronServer.sln"), "tests", "data", "learner", topic + ".json");
        JsonElement root = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
        return root.GetProperty("cases").EnumerateArray().Select(element => new GoldenCase(element));
    }

    private static string FindUpwards(string fileName)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, fileName)))
            {
                return folder.FullName;
            }
        }

        throw new FileNotFoundException($"{fileName} is in no folder above {AppContext.BaseDirectory}.");
    }
}
