using Heron.Core.Environments;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Environments;

[Collection(AllocationCollection.Name)]
public sealed class HeronEnvironmentAllocationTests
{
    [Fact]
    public void Step_TenThousandStepsWithResets_AllocatesNothing()
    {
        using var vector = new VectorEnvironment(RandomWalk.Factory(3), 1, AutoresetMode.SameStep, threads: 1);
        vector.Reset(1);
        Play(vector, 1_000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Play(vector, 10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Play(VectorEnvironment vector, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            vector.Step();
        }
    }
}
