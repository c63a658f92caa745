using Heron.Core.Environments;
using Heron.Core.Tests.Shared;
using Heron.Tests.Shared;

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

        long allocated = Allocations.Of(() => Play(vector, 10_000));

        Assert.Equal(0, allocated);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(3, 4)]
    [InlineData(500, 0)]
    public void Step_AllThatCanHappen_AllocatesNothing(int houses, int historyLength)
    {
        using var vector = new VectorEnvironment(new BusyTown(houses, historyLength).Factory, 1, AutoresetMode.SameStep, threads: 1);
        vector.Reset(1);
        Play(vector, 200);

        long allocated = Allocations.Of(() => Play(vector, 200));

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void SaveState_IntoGivenBytes_AllocatesNothing()
    {
        using var vector = new VectorEnvironment(new BusyTown(30, historyLength: 2).Factory, 4, AutoresetMode.SameStep, threads: 1);
        vector.Reset(1);
        byte[] bytes = new byte[vector.StateByteCount];
        vector.SaveState(bytes);
        vector.StateDigest(3);

        long allocated = Allocations.Of(() =>
        {
            vector.SaveState(bytes.AsSpan(0, vector.StateByteCount));
            vector.StateDigest(3);
        });

        Assert.Equal(0, allocated);
    }

    private static void Play(VectorEnvironment vector, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            vector.Step();
        }
    }
}
