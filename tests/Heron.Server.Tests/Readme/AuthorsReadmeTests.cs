using System.Text.RegularExpressions;
using Heron.Server.Tests.Shared;
using WaterTowers;

namespace Heron.Server.Tests.Readme;

/// <summary>What the README for authors shows is what its environment gives. Its code is part of this build, and its own tests run beside these.</summary>
public sealed partial class AuthorsReadmeTests
{
    private static string Readme { get; } = CloneFiles.Read("src/Heron.Simulations/README.md");

    [Fact]
    public void CodeBlocks_All_AreCompiled()
    {
        string[] fences = [.. Fences().Matches(Readme).Select(match => match.Groups[1].Value).Distinct()];

        Assert.Equal(["csharp", "csharp Program.cs", "csharp WaterTowersTests.cs"], fences);
    }

    [Theory]
    [InlineData("envs WaterTowers-v0", "WaterTowers-v0", 1)]
    public async Task OutputBlock_OfACommand_IsWhatTheCommandPrints(string command, string firstLine, int expectedBlocks)
    {
        (int code, string output, string error) = await CommandRun.WithEnvironmentsAsync(registry => registry.Add(WaterTowersEnvironment.Definition), command.Split(' '));
        string[] blocks = [.. TextBlocks().Matches(Readme).Select(match => match.Groups[1].Value).Where(block => block.StartsWith(firstLine, StringComparison.Ordinal))];

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(expectedBlocks, blocks.Length);
        Assert.Equal(Lines(output), Lines(blocks[0]));
    }

    [Theory]
    [InlineData("waterworks: coordinator level, under town")]
    [InlineData("0  total flow (m³/h)  0 to 180")]
    public async Task Envs_DecidedByTheWaterworks_ShowsItsJointDecision(string expected)
    {
        (_, string output, _) = await CommandRun.WithEnvironmentsAsync(registry => registry.Add(WaterTowersEnvironment.Definition), "envs", "WaterTowers-v0", "-p", "decides=waterworks");

        Assert.Contains(expected, output);
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.TrimEnd()).SkipWhile(line => line.Length == 0).Reverse().SkipWhile(line => line.Length == 0).Reverse();

    [GeneratedRegex("^```(csharp.*)$", RegexOptions.Multiline)]
    private static partial Regex Fences();

    [GeneratedRegex("^```text\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex TextBlocks();
}
