using Heron.Learning.Checkpoints;
using Heron.Learning.Runs;
using Heron.Learning.Tests.Shared;

namespace Heron.Learning.Tests.Runs;

public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_NewFolder_HoldsTheConfiguration()
    {
        RunFolder run = RunFolder.Create(_folder["a/run"], "{}");

        Assert.Equal("run", run.Name);
        Assert.Equal("{}", File.ReadAllText(_folder["a/run/config.json"]));
        Assert.Equal(run.Path, RunFolder.Open(_folder["a/run/"]).Path);
    }

    [Fact]
    public void Create_FolderWithSomethingInIt_ThrowsAndChangesNothing()
    {
        File.WriteAllText(_folder["config.json"], "of an earlier run");

        CheckpointException exception = Assert.Throws<CheckpointException>(() => RunFolder.Create(_folder.Path, "{}"));

        Assert.Contains("--resume", exception.Message);
        Assert.Equal("of an earlier run", File.ReadAllText(_folder["config.json"]));
    }

    [Fact]
    public void Create_BelowAFile_SaysThatItCannot()
    {
        File.WriteAllText(_folder["file"], "");

        Assert.Contains("Cannot start a run", Assert.Throws<CheckpointException>(() => RunFolder.Create(_folder["file/run"], "{}")).Message);
    }

    [Theory]
    [InlineData("nowhere", "no such folder")]
    [InlineData("", "no config.json")]
    public void Open_NoRun_SaysWhy(string name, string expected) =>
        Assert.Contains(expected, Assert.Throws<CheckpointException>(() => RunFolder.Open(_folder[name])).Message);

    [Fact]
    public void CheckpointPaths_AmongOtherFolders_AreThoseWithNumbersInOrder()
    {
        RunFolder run = RunFolder.Create(_folder.Path, "{}");
        foreach (string name in new[] { "checkpoint_1000000", "checkpoint_000050", "checkpoint_000100", "checkpoint_old", ".checkpoint_000150.partial", "best_checkpoint" })
        {
            Directory.CreateDirectory(_folder[name]);
        }

        Assert.Equal(["checkpoint_000050", "checkpoint_000100", "checkpoint_1000000"], run.CheckpointPaths.Select(Path.GetFileName));
        Assert.Equal(_folder["checkpoint_000050"], run.CheckpointPath(50));
    }
}
