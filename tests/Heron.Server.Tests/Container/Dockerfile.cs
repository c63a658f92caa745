using System.Text.Json;
using System.Text.RegularExpressions;
using Heron.Server.Tests.Shared;

namespace Heron.Server.Tests.Container;

/// <summary>The instructions of a Dockerfile.</summary>
internal sealed partial class Dockerfile
{
    public const string Server = "Dockerfile";
    public const string Client = "python_client/Dockerfile";

    private readonly List<(string Keyword, string Value)> _instructions;

    private Dockerfile(IEnumerable<(string Keyword, string Value)> instructions) => _instructions = [.. instructions];

    /// <summary>Instructions of the last stage, which is the image.</summary>
    public Dockerfile Image => new(_instructions.Skip(_instructions.FindLastIndex(instruction => instruction.Keyword == "FROM")));

    /// <summary>NAME:TAG of every image that a stage begins with.</summary>
    public IEnumerable<string> BaseImages => Values("FROM").Select(from => from.Split(' ')[0]);

    /// <summary>Program and arguments with which a container starts.</summary>
    public string[] StartCommand => [.. Words(Single("ENTRYPOINT")), .. Words(Single("CMD"))];

    /// <summary>Program and arguments that tell whether it is well.</summary>
    public string[] HealthCommand => Words(Regex.Match(Single("HEALTHCHECK"), @"CMD (\[.*\])$").Groups[1].Value);

    /// <summary>The port that the program listens on.</summary>
    public int Port => int.Parse(Single("EXPOSE"), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Files and folders of the clone that are copied into the stages.</summary>
    public IEnumerable<string> CopiedPaths => Values("COPY").Where(copy => !copy.Contains("--from=", StringComparison.Ordinal)).SelectMany(copy => copy.Split(' ')[..^1]);

    /// <summary>Names of the environment variables that it sets.</summary>
    public IEnumerable<string> Variables => Values("ENV").SelectMany(env => env.Split(' ')).Select(pair => pair.Split('=')[0]);

    public static Dockerfile Read(string path)
    {
        IEnumerable<string> lines = CloneFiles.Read(path).Split('\n').Where(line => !line.StartsWith('#'));
        string joined = ContinuedLine().Replace(string.Join('\n', lines), " ");
        return new(joined.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (line.Split(' ')[0], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])));
    }

    public IEnumerable<string> Values(string keyword) => _instructions.Where(instruction => instruction.Keyword == keyword).Select(instruction => instruction.Value);

    public string Single(string keyword) => Assert.Single(Values(keyword));

    private static string[] Words(string json) => JsonSerializer.Deserialize<string[]>(json)!;

    [GeneratedRegex(@"\s*\\\n\s*")]
    private static partial Regex ContinuedLine();
}
