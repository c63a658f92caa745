using System.Reflection;
using System.Text.RegularExpressions;
using Heron.Core.Environments;
using Heron.Learning.Training;
using Heron.Server.Tests.Shared;
using Heron.Simulations;

namespace Heron.Server.Tests.Documentation;

/// <summary>Looks up everything that the table of features names, so that it says what is there.</summary>
public sealed partial class FeatureTableTests
{
    private const string Table = "src/Heron.Core/FEATURES.md";
    private const BindingFlags AnyMember = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Type[] Types =
    [
        .. ((Assembly[])[typeof(EnvironmentSpec).Assembly, typeof(HeronEnvironments).Assembly, typeof(PpoTrainer).Assembly, typeof(HeronProgram).Assembly]).SelectMany(assembly => assembly.GetTypes()),
    ];

    // Their own folders stand beside this one's, built before it.
    private static readonly Type[] TestTypes =
    [
        .. typeof(FeatureTableTests).Assembly.GetTypes(),
        .. ((string[])["Heron.Core.Tests", "Heron.Simulations.Tests", "Heron.Learning.Tests"]).SelectMany(name => Assembly.LoadFrom(PathOf(name)).GetTypes()),
    ];

    [Theory]
    [InlineData("The model", 103)]
    [InlineData("Scheduling and environments", 75)]
    public void Rows_OfAList_AreCompleteAndInOrder(string heading, int count) =>
        Assert.Equal(Enumerable.Range(1, count).Select(row => $"{row}"), RowsOf(heading).Select(row => row[0]));

    [Theory]
    [InlineData("The model")]
    [InlineData("Scheduling and environments")]
    public void Members_OfEveryRow_Exist(string heading) => Assert.All(RowsOf(heading), row =>
    {
        Assert.NotEmpty(Named(row[2]));
        Assert.All(Named(row[2]), name => Assert.True(Exists(name), $"Row {row[0]} names {name}, which does not exist."));
    });

    [Theory]
    [InlineData("The model")]
    [InlineData("Scheduling and environments")]
    [InlineData("Worked cases")]
    public void Tests_OfEveryRow_AreRun(string heading) => Assert.All(RowsOf(heading), row =>
    {
        Assert.NotEmpty(Named(row[^1]));
        Assert.All(Named(row[^1]), name => Assert.True(IsTest(name), $"Row {row[0]} names {name}, which is no test, or is skipped."));
    });

    [Theory]
    [InlineData("StateStore.Forget")]
    [InlineData("Nothing")]
    [InlineData("heron_client.nothing")]
    public void Exists_WhatIsNotThere_IsFalse(string name) => Assert.False(Exists(name));

    [Theory]
    [InlineData("FeatureTests.NoSuchTest")]
    [InlineData("FeatureTableTests.IsTest")]
    [InlineData("python_client/tests/test_spaces.py::test_nothing")]
    public void IsTest_WhatIsNone_IsFalse(string name) => Assert.False(IsTest(name));

    private static string[][] RowsOf(string heading)
    {
        string text = CloneFiles.Read(Table).ReplaceLineEndings("\n");
        string section = text.Split("\n## ").Single(part => part.StartsWith(heading + "\n", StringComparison.Ordinal));
        return
        [
            .. section.Split('\n')
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
                .Skip(1)
                .Select(line => line.Trim('|', ' ').Split(" | ")),
        ];
    }

    private static IEnumerable<string> Named(string cell) => CodeSpan().Matches(cell).Select(match => match.Groups[1].Value);

    private static bool Exists(string name)
    {
        if (name.StartsWith("heron_client.", StringComparison.Ordinal))
        {
            string module = name[..name.LastIndexOf('.')].Replace('.', '/');
            return Regex.IsMatch(CloneFiles.Read($"python_client/src/{module}/__init__.py"), $@"\b{name[(name.LastIndexOf('.') + 1)..]}\b");
        }

        string[] parts = name.Split('.');
        return Types.Any(type => NameOf(type) == parts[0] && (parts.Length == 1 || type.GetMember(parts[1], AnyMember).Length > 0));
    }

    private static bool IsTest(string name)
    {
        if (name.Split("::") is [string file, string function])
        {
            return CloneFiles.Exists(file) && Regex.IsMatch(CloneFiles.Read(file), $@"^def {function}\(", RegexOptions.Multiline);
        }

        return name.Split('.') is [string type, string method] && TestTypes
            .Where(candidate => candidate.Name == type)
            .SelectMany(candidate => candidate.GetMember(method, MemberTypes.Method, AnyMember))
            .Any(candidate => candidate.GetCustomAttribute<FactAttribute>() is { Skip: null });
    }

    // Without the number of type parameters.
    private static string NameOf(Type type) => type.Name.Split('`')[0];

    // <tests>/<project>/bin/<configuration>/<framework>/, and the same below another project.
    private static string PathOf(string project)
    {
        string own = typeof(FeatureTableTests).Assembly.GetName().Name!;
        return Path.Combine(AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}{own}{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}{project}{Path.DirectorySeparatorChar}", StringComparison.Ordinal), project + ".dll");
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();
}
