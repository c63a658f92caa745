using Heron.Core.Environments;

namespace Heron.Core.Tests.Environments;

[Collection(AllocationCollection.Name)]
public sealed class VectorEnvironmentAllocationTests
{
    private const int Steps = 10_000;

    [Theory]
    [InlineData(AutoresetMode.Disabled, 1)]
    [InlineData(AutoresetMode.NextStep, 1)]
    [InlineData(AutoresetMode.SameStep, 1)]
    [InlineData(AutoresetMode.Disabled, 2)]
    [InlineData(AutoresetMode.NextStep, 2)]
    [InlineData(AutoresetMode.SameStep, 3)]
    public void Step_ThousandsOfStepsWithResets_AllocatesNothingOnAnyThread(AutoresetMode mode, int threads)
    {
        using var vector = new VectorEnvironment(CounterEnvironment.Factory(20), 8, mode, threads);
        byte[] mask = [1, 1, 1, 1, 1, 1, 1, 1];
        vector.Reset(1);
        Run(vector, mask, Steps / 10);

        // The test runner's own threads allocate now and then; a step that allocated would do so in every attempt.
        long fewest = long.MaxValue;
        for (int attempt = 0; attempt < 10 && fewest > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Run(vector, mask, Steps);
            fewest = Math.Min(fewest, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, fewest);
    }

    private static void Run(VectorEnvironment vector, byte[] mask, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            if (vector.IsEpisodeOver(0) && vector.AutoresetMode == AutoresetMode.Disabled)
            {
                vector.Reset(mask, []);
            }

            if (step % 1000 == 0)
            {
                vector.Reset((uint)step);
            }

            Assert.Null(vector.FindActionViolation());
            vector.Step();
        }
    }
}
