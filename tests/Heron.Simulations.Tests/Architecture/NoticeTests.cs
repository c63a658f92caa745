using System.Text.RegularExpressions;
using System.Xml.Linq;
using Heron.Simulations.Tests.Shared;

namespace Heron.Simulations.Tests.Architecture;

/// <summary>NOTICE names what HeronServer is made with.</summary>
public sealed partial class NoticeTests
{
    public static TheoryData<string> Dependencies => [.. Packages().Concat(PythonRequirements()).Concat(NodeRequirements()).Distinct()];

    [Theory]
    [MemberData(nameof(Dependencies))]
    public void Notice_EveryDependency_IsNamed(string dependency) =>
        Assert.Matches($@"(?<![\w.-]){Regex.Escape(dependency)}(?![\w-]|\.\w)", Read("NOTICE"));

    [Fact]
    public void Dependencies_OfEachKind_AreFound() =>
        Assert.Superset(new HashSet<string> { "Google.Protobuf", "grpcio", "ray", "matplotlib", "hatchling", "pyright" }, Dependencies.Select(row => row.Data).ToHashSet());

    private static IEnumerable<string> Packages() =>
        XDocument.Parse(Read("Directory.Packages.props")).Descendants("PackageVersion").Select(package => package.Attribute("Include")!.Value);

    // In the lists of requirements; extras in brackets and versions follow the name.
    private static IEnumerable<string> PythonRequirements() =>
        RequirementLists().Matches(Read("python_client/pyproject.toml")).SelectMany(list => PythonNames().Matches(list.Value)).Select(match => match.Groups[1].Value);

    private static IEnumerable<string> NodeRequirements() =>
        NodeNames().Matches(Read("python_client/lint/package.json")).Select(match => match.Groups[1].Value);

    private static string Read(string path) => File.ReadAllText(Path.Combine(TestData.SolutionFolder, path));

    [GeneratedRegex(@"^(requires|dependencies|rllib|plot|dev) = \[(.|\n)*?\]$", RegexOptions.Multiline)]
    private static partial Regex RequirementLists();

    [GeneratedRegex("\"([A-Za-z][\\w-]*)")]
    private static partial Regex PythonNames();

    [GeneratedRegex("\"([@/\\w-]+)\": \"\\d")]
    private static partial Regex NodeNames();
}
