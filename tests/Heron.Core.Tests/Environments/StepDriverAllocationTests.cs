using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Core.Tests.Shared;
using Heron.Tests.Shared;

namespace Heron.Core.Tests.Environments;

[Collection(AllocationCollection.Name)]
public sealed class StepDriverAllocationTests
{
    [Fact]
    public void Step_ThousandsOfStepsWithResets_AllocatesNothing()
    {
        using var driver = new StepDriver(RandomWalk.Factory(3), new RandomActions());
        driver.Reset(1);
        Play(driver, 1_000);

        long allocated = Allocations.Of(() => Play(driver, 5_000));

        Assert.Equal(0, allocated);
    }

    private static void Play(StepDriver driver, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            if (driver.IsOver)
            {
                driver.Reset(1);
            }

            driver.Step();
        }
    }
}
