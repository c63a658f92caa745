using Heron.Core.Environments;
using Heron.Learning.Checkpoints;
using Heron.Learning.Runs;
using Heron.Learning.Tests.Shared;
using Heron.Learning.Training;
using Heron.TestEnvironments.Probe;

namespace Heron.Learning.Tests.Runs;

public sealed class TrainedPoliciesTests : IDisposable
{
    private static readonly EnvironmentRegistry Registry = new EnvironmentRegistry().Add(ProbeEnvironment.Definition);

    private readonly TemporaryFolder _folder = new();
    private readonly TrainingRun _run;

    public TrainedPoliciesTests()
    {
        var options = new TrainingOptions { EnvironmentId = "Probe-v0", NumEnvs = 1, TrainBatchSize = 50, Threads = 1, Model = new ModelOptions { HiddenSizes = [8] } };
        _run = TrainingRun.Start(_folder["run"], new RunConfiguration { Training = options, CheckpointInterval = 1 }, Registry, new FixedTime());
    }

    public void Dispose()
    {
        _run.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Load_ACheckpoint_HasTheWeightsOfItsIteration()
    {
        string checkpoint = _run.RunIteration().SavedCheckpoint!;
        float[][] weights = [.. _run.Policies.Policies.Select(policy => policy.Parameters.ToArray())];
        _run.RunIteration();

        var loaded = TrainedPolicies.Load(checkpoint, Registry);

        Assert.Equal(weights, loaded.Policies.Policies.Select(policy => policy.Parameters.ToArray()));
        Assert.NotEqual(weights[0], _run.Policies.Policies[0].Parameters.ToArray());
    }

    [Fact]
    public void Load_ARun_TakesItsBestCheckpoint()
    {
        _run.RunIteration();
        _run.RunIteration();
        _run.SaveBest();

        Assert.Equal(_run.Folder.BestCheckpointPath, TrainedPolicies.Load(_run.Folder.Path, Registry).CheckpointPath);
    }

    [Fact]
    public void Load_ARunWithoutBest_TakesItsLastCheckpoint()
    {
        Assert.Equal(_run.Folder.CheckpointPath(0), TrainedPolicies.Load(_run.Folder.Path, Registry).CheckpointPath);
    }

    [Fact]
    public void Load_ARunWithoutCheckpoint_SaysSo()
    {
        Directory.Delete(_run.Folder.CheckpointPath(0), recursive: true);

        Assert.Contains("no checkpoint yet", Assert.Throws<CheckpointException>(() => TrainedPolicies.Load(_run.Folder.Path, Registry)).Message);
    }

    [Fact]
    public void Load_OtherParameters_ChangesTheEnvironmentAlone()
    {
        var loaded = TrainedPolicies.Load(_run.Folder.Path, Registry, new Dictionary<string, object> { ["join_late"] = false });

        Assert.Equal(false, loaded.Environment.Spec.Parameters["join_late"]);
        Assert.Equal(_run.Policies.Policies[0].Parameters.ToArray(), loaded.Policies.Policies[0].Parameters.ToArray());
    }

    [Fact]
    public void Load_EnvironmentOfAnotherProgram_NamesCheckpointAndEnvironment()
    {
        string path = _run.Save();

        CheckpointException exception = Assert.Throws<CheckpointException>(() => TrainedPolicies.Load(path, new EnvironmentRegistry()));

        Assert.Contains(path, exception.Message);
        Assert.Contains("Probe-v0", exception.Message);
    }

    [Theory]
    [InlineData("is missing", 0)]
    [InlineData("has shape", 1)]
    [InlineData("belongs to no policy", 2)]
    public void Load_TensorsThatDoNotFit_NamesTheTensor(string expected, int mistake)
    {
        string path = _run.Save();
        Checkpoint checkpoint = CheckpointFile.Load(path);
        CheckpointTensor first = checkpoint.Tensors[0];
        CheckpointFile.Save(path, checkpoint with
        {
            Tensors = mistake switch
            {
                0 => [.. checkpoint.Tensors.Skip(1)],
                1 => [first with { Shape = [first.Values.Length] }, .. checkpoint.Tensors.Skip(1)],
                _ => [.. checkpoint.Tensors, new CheckpointTensor("stray/bias", [1], new float[1])],
            },
        });

        string message = Assert.Throws<CheckpointException>(() => TrainedPolicies.Load(path, Registry)).Message;

        Assert.Contains(expected, message);
        Assert.Contains(mistake == 2 ? "stray/bias" : first.Name, message);
    }
}
