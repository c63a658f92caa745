using System.Text;
using Heron.Learning.Checkpoints;
using Heron.Learning.Tests.Shared;

namespace Heron.Learning.Tests.Checkpoints;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Folder => _folder["checkpoint_000050"];

    private string File => Path.Combine(Folder, CheckpointFile.FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_AfterSave_GivesEverythingBack()
    {
        Checkpoint saved = Example(iteration: 50);

        CheckpointFile.Save(Folder, saved);
        Checkpoint loaded = CheckpointFile.Load(Folder);

        Assert.Equal(saved with { Tensors = loaded.Tensors, TrainerState = loaded.TrainerState }, loaded);
        Assert.Equal(saved.TrainerState.ToArray(), loaded.TrainerState.ToArray());
        Assert.Equal(saved.Tensors.Select(tensor => tensor.Name), loaded.Tensors.Select(tensor => tensor.Name));
        Assert.All(saved.Tensors.Zip(loaded.Tensors), pair =>
        {
            Assert.Equal(pair.First.Shape, pair.Second.Shape);
            Assert.Equal(pair.First.Values.ToArray(), pair.Second.Values.ToArray());
        });
    }

    [Fact]
    public void Save_EqualCheckpoints_WritesEqualFiles()
    {
        CheckpointFile.Save(Folder, Example(iteration: 1));
        CheckpointFile.Save(_folder["other"], Example(iteration: 1));

        Assert.Equal(System.IO.File.ReadAllBytes(File), System.IO.File.ReadAllBytes(Path.Combine(_folder["other"], CheckpointFile.FileName)));
    }

    [Fact]
    public void Save_OverAnother_ReplacesItAndLeavesNothingBehind()
    {
        CheckpointFile.Save(Folder, Example(iteration: 1));
        Directory.CreateDirectory(_folder[".checkpoint_000050.partial"]);
        System.IO.File.WriteAllText(Path.Combine(_folder[".checkpoint_000050.partial"], CheckpointFile.FileName), "left by a program that was killed");

        CheckpointFile.Save(Folder + Path.DirectorySeparatorChar, Example(iteration: 2));

        Assert.Equal(2, CheckpointFile.Load(Folder).Iteration);
        Assert.Equal([Folder], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal([File], Directory.GetFileSystemEntries(Folder));
    }

    [Fact]
    public async Task Load_WhileItIsReplaced_FindsTheOldOneOrTheNewOne()
    {
        const int Last = 60;
        CheckpointFile.Save(Folder, Example(iteration: 1));
        Task writer = Task.Run(() => Enumerable.Range(2, Last - 1).ToList().ForEach(iteration => CheckpointFile.Save(Folder, Example(iteration))), TestContext.Current.CancellationToken);

        int seen = 0;
        while (seen < Last)
        {
            int iteration = CheckpointFile.Load(Folder).Iteration;
            Assert.InRange(iteration, seen, Last);
            seen = iteration;
            Assert.False(writer.IsFaulted);
        }

        await writer;
    }

    [Fact]
    public void Load_AnyByteChanged_SaysThatItIsDamaged()
    {
        CheckpointFile.Save(Folder, Example(iteration: 50));
        byte[] bytes = System.IO.File.ReadAllBytes(File);

        for (int i = 0; i < bytes.Length; i += 7)
        {
            byte[] damaged = [.. bytes];
            damaged[i] ^= 0x10;
            System.IO.File.WriteAllBytes(File, damaged);

            CheckpointException exception = Assert.Throws<CheckpointException>(() => CheckpointFile.Load(Folder));
            Assert.Contains(File, exception.Message);
        }
    }

    [Fact]
    public void Load_CutAnywhere_SaysThatItsEndIsMissing()
    {
        CheckpointFile.Save(Folder, Example(iteration: 50));
        byte[] bytes = System.IO.File.ReadAllBytes(File);

        for (int length = 0; length < bytes.Length; length += 31)
        {
            System.IO.File.WriteAllBytes(File, bytes[..length]);

            Assert.Contains("end is missing", Assert.Throws<CheckpointException>(() => CheckpointFile.Load(Folder)).Message);
        }
    }

    [Fact]
    public void Load_AFileOfAnotherProgram_SaysSo()
    {
        Directory.CreateDirectory(Folder);
        System.IO.File.WriteAllText(File, new string('x', 5000));

        CheckpointException exception = Assert.Throws<CheckpointException>(() => CheckpointFile.Load(Folder));

        Assert.Contains($"{File} (5000 bytes) is no checkpoint", exception.Message);
    }

    [Fact]
    public void Load_NoSuchFolder_SaysSo() =>
        Assert.Contains("no such folder", Assert.Throws<CheckpointException>(() => CheckpointFile.Load(_folder["nowhere"])).Message);

    [Fact]
    public void Load_FolderOfSomethingElse_NamesTheMissingFile() =>
        Assert.Contains($"has no {CheckpointFile.FileName}", Assert.Throws<CheckpointException>(() => CheckpointFile.Load(_folder.Path)).Message);

    private static Checkpoint Example(int iteration) => new()
    {
        Iteration = iteration,
        EnvironmentSteps = 123_456_789_012,
        ElapsedSeconds = 1.25,
        MeanReturn = -12.5,
        BestReturn = double.NaN,
        Configuration = "{\"environment\": \"Probe-v0\"}",
        Tensors =
        [
            new("shared/pi.net.mlp.0.weight", [2, 3], new[] { 1f, 2, 3, 4, 5, float.Epsilon }),
            new("shared/pi.net.mlp.0.bias", [2], new[] { -1f, 0.1f }),
        ],
        TrainerState = Encoding.ASCII.GetBytes("state of the trainer"),
    };
}
