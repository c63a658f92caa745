using System.Diagnostics;
using System.Text.Json;

namespace Heron.Grpc.Tests.Build;

/// <summary>The switch UsePublishedGrpc, judged by the graph that NuGet itself would restore.</summary>
public class PublishedGrpcTests
{
    [Fact]
    public async Task RestoreGraph_ByDefault_TakesOurProjects()
    {
        var graph = await RestoreGraphAsync(usePublishedGrpc: false);

        Assert.Contains("Grpc.Core.Api 2.85.0", graph.Projects);
        Assert.Contains("Grpc.Net.Common 2.85.0", graph.Projects);
        Assert.DoesNotContain("Grpc.AspNetCore", graph.Packages);
    }

    [Fact]
    public async Task RestoreGraph_UsePublishedGrpc_TakesThePackageAndNoProjectOfThatName()
    {
        var graph = await RestoreGraphAsync(usePublishedGrpc: true);

        Assert.Contains("Grpc.AspNetCore", graph.Packages);

        // A version of our own would be older than the one that Grpc.AspNetCore asks for.
        Assert.DoesNotContain("Google.Protobuf", graph.Packages);
        Assert.DoesNotContain(graph.Projects, project =>
            project.StartsWith("Grpc.Core.Api ", StringComparison.Ordinal)
            || project.StartsWith("Grpc.Net.Common ", StringComparison.Ordinal));
        Assert.DoesNotContain(graph.References, reference => reference is "Grpc.Core.Api" or "Grpc.Net.Common");
    }

    private static async Task<RestoreGraph> RestoreGraphAsync(bool usePublishedGrpc)
    {
        var output = Path.GetTempFileName();
        string[] arguments =
        [
            "msbuild", Path.Combine(RepositoryRoot(), "HeronServer.sln"), "-nologo", "-verbosity:quiet", "-nodeReuse:false",
            "-target:GenerateRestoreGraphFile", $"-property:RestoreGraphOutputPath={output}",
            $"-property:UsePublishedGrpc={(usePublishedGrpc ? "true" : "false")}",
        ];
        using var msbuild = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;

        var log = await msbuild.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await msbuild.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(msbuild.ExitCode == 0, log);

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken));
        File.Delete(output);
        return RestoreGraph.Read(json.RootElement);
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "HeronServer.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName
            ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has HeronServer.sln.");
    }
}
