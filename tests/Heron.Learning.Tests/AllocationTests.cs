using Heron.Core.Randomness;
using Heron.Learning.Ppo;
using Heron.Learning.Tests.Shared;
using Heron.Tests.Shared;

namespace Heron.Learning.Tests;

[Collection(AllocationCollection.Name)]
public sealed class AllocationTests
{
    [Fact]
    public void Act_AfterWarmUp_AllocatesNothing()
    {
        var policy = new Policy(new PolicySpec(8, TestBatches.MakeSpace("mixed")) { HasActionMask = true });
        PpoBatch batch = TestBatches.Collect(policy, 100, seed: 1);
        RandomStream[] randoms = TestBatches.Streams(1, 100);
        Act(policy, batch, randoms);

        long allocated = Allocations.Of(() => Act(policy, batch, randoms));

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Update_AfterWarmUp_AllocatesNothing()
    {
        var policy = new Policy(new PolicySpec(8, TestBatches.MakeSpace("mixed")) { HasActionMask = true, CriticObservationLength = 20 });
        var learner = new PpoLearner(policy, new PpoOptions { Epochs = 2, NormalizeAdvantages = AdvantageNormalization.Minibatch });
        PpoBatch batch = TestBatches.Collect(policy, 300, seed: 1);
        var random = new RandomStream(1);
        learner.Update(batch, 1e-3f, ref random);

        long allocated = Allocations.Of(() => learner.Update(batch, 1e-3f, ref random));

        Assert.Equal(0, allocated);
    }

    private static void Act(Policy policy, PpoBatch batch, RandomStream[] randoms)
    {
        policy.Act(batch.Observations, batch.Masks, randoms, TestBatches.Results(batch));
        policy.ActGreedily(batch.Observations, batch.Masks, batch.Rows, TestBatches.Results(batch));
        policy.Values(batch.CriticObservations, batch.Rows, batch.Values);
    }
}
