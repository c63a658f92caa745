using System.Text.Json.Nodes;
using System.Xml.Linq;
using static Heron.Server.Tests.Shared.CommandRun;

namespace Heron.Server.Tests.Commands;

public sealed class RunsCommandTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("heron-runs-").FullName;

    public async ValueTask InitializeAsync()
    {
        await TrainAsync("one", "--lr", "0.001");
        await TrainAsync("two", "--lr", "0.002");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Runs_OfAFolder_ListsThem()
    {
        (int code, string output, string error) = await RunAsync("runs", _folder);

        Assert.Equal((0, ""), (code, error));
        string[] lines = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^one +SimpleMicrogrids-v0 +fast +4 +2/2 +192 +[0-9.]+s +-[0-9.]+ +-[0-9.]+ +-[0-9.]+", lines[1]);
        Assert.StartsWith("two", lines[2]);
    }

    [Fact]
    public async Task Runs_SeveralByName_ComparesTheirOptions()
    {
        (_, string output, _) = await RunAsync("runs", Path.Combine(_folder, "two"), Path.Combine(_folder, "one"));

        string difference = Assert.Single(output.Split('\n'), line => line.StartsWith("training.", StringComparison.Ordinal));
        Assert.Matches(@"^training\.ppo\.learning_rate +0\.001 +0\.002", difference);
    }

    [Fact]
    public async Task Runs_AsJson_IsOneDocument()
    {
        (_, string output, _) = await RunAsync("runs", _folder, "--json");

        JsonArray runs = JsonNode.Parse(output)!["runs"]!.AsArray();
        Assert.Equal(["one", "two"], runs.Select(run => (string)run!["name"]!));
        Assert.Equal(2, (int)runs[0]!["iterations"]!);
        Assert.Equal(2, runs[0]!["checkpoints"]!.AsArray().Count);
        Assert.True((double)runs[0]!["best_return"]! < 0);
    }

    [Fact]
    public async Task Runs_WithCurve_DrawsAllOfThem()
    {
        string file = Path.Combine(_folder, "curves.svg");

        (int code, _, _) = await RunAsync("runs", _folder, "--curve", file);

        Assert.Equal(0, code);
        XDocument picture = XDocument.Load(file);
        Assert.Equal(2, picture.Descendants().Count(element => element.Name.LocalName == "polyline"));
        Assert.Contains("one", picture.Root!.Value);
    }

    [Fact]
    public async Task Runs_OneDamaged_ReportsItAndListsTheOthers()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "one", "config.json"), "{}", TestContext.Current.CancellationToken);

        (int code, string output, string error) = await RunAsync("runs", _folder);

        Assert.Equal(0, code);
        Assert.Contains("two", output);
        Assert.Contains(Path.Combine(_folder, "one", "config.json"), error);
    }

    [Fact]
    public async Task Runs_NoneThere_SaysSo()
    {
        string empty = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;

        (int code, string output, _) = await RunAsync("runs", empty);

        Assert.Equal(0, code);
        Assert.Contains("No runs in", output);
    }

    [Fact]
    public async Task Runs_NoSuchFolder_ReturnsTwo()
    {
        (int code, _, string error) = await RunAsync("runs", Path.Combine(_folder, "nowhere"));

        Assert.Equal(2, code);
        Assert.Contains("no such folder", error);
    }

    private Task<(int Code, string Output, string Error)> TrainAsync(string name, params string[] options) => RunAsync(
        ["train", "--num-envs", "2", "--train-batch-size", "96", "--hidden-dim", "8", "--num-sgd-iter", "1", "--iterations", "2", "--seed", "4", "--checkpoint-dir", _folder, "--experiment-name", name, .. options]);
}
