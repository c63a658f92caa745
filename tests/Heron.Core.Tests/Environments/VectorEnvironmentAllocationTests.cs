using Heron.Core.Environments;
using Heron.Core.Environments.Wrappers;
using Heron.TestEnvironments.Probe;

namespace Heron.Core.Tests.Environments;

[Collection(AllocationCollection.Name)]
public sealed class VectorEnvironmentAllocationTests
{
    private const int Steps = 10_000;

    public static TheoryData<string, AutoresetMode, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, AutoresetMode, int>();
            foreach (AutoresetMode mode in Enum.GetValues<AutoresetMode>())
            {
                cases.Add("counter", mode, 1);
                cases.Add("counter", mode, 2);
                cases.Add("probe", mode, 3);
                cases.Add("wrapped probe", mode, 1);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_ThousandsOfStepsWithResets_AllocatesNothingOnAnyThread(string environment, AutoresetMode mode, int threads)
    {
        EnvironmentFactory factory = environment switch
        {
            "counter" => CounterEnvironment.Factory(20),
            "probe" => ProbeEnvironment.Definition.Configure(),
            _ => OneHotObservations.Of(ExposedAgents.Of(ProbeEnvironment.Definition.Configure(), ["discrete_2", "multidiscrete_3"])),
        };
        using var vector = new VectorEnvironment(factory, 8, mode, threads);
        byte[] mask = new byte[8];
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
            if (vector.AutoresetMode == AutoresetMode.Disabled)
            {
                ResetThoseOver(vector, mask);
            }

            if (step % 1000 == 0)
            {
                vector.Reset((uint)step);
            }

            Assert.Null(vector.FindActionViolation());
            vector.Step();
        }
    }

    private static void ResetThoseOver(VectorEnvironment vector, byte[] mask)
    {
        for (int copy = 0; copy < mask.Length; copy++)
        {
            mask[copy] = (byte)(vector.IsEpisodeOver(copy) ? 1 : 0);
        }

        if (mask.Contains((byte)1))
        {
            vector.Reset(mask, []);
        }
    }
}
