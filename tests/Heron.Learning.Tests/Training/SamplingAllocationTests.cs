using Heron.Core.Environments;
using Heron.Learning.Tests.Shared;
using Heron.Learning.Training;
using Heron.TestEnvironments.Probe;

namespace Heron.Learning.Tests.Training;

[Collection(AllocationCollection.Name)]
public sealed class SamplingAllocationTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Collect_AfterWarmUp_AllocatesNothingOnAnyThread(int threads, bool centralized)
    {
        var options = new TrainingOptions { EnvironmentId = "Probe-v0", NumEnvs = 4, TrainBatchSize = 100, Threads = threads, CentralizedCritic = centralized };
        using var trainer = new PpoTrainer(new EnvironmentRegistry().Add(ProbeEnvironment.Definition), options);
        trainer.Sample();

        // The test runner's own threads allocate now and then; sampling that allocated would do so in every attempt.
        long fewest = long.MaxValue;
        for (int attempt = 0; attempt < 10 && fewest > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            trainer.Sample();
            fewest = Math.Min(fewest, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, fewest);
    }
}
