using Heron.Core.Randomness;
using Heron.Learning.Backends;
using Heron.Learning.Models;
using Heron.Learning.Ppo;
using Heron.Learning.Tests.Shared;

namespace Heron.Learning.Tests.Ppo;

public sealed class PpoLearnerTests
{
    private static readonly PpoOptions Options = new() { LearningRate = 1e-3f, Epochs = 2, MinibatchSize = 50, EntropyCoefficient = 0.01f, GradientClip = 0.5f };

    [Theory]
    [InlineData("discrete", true)]
    [InlineData("multidiscrete", false)]
    [InlineData("box", false)]
    [InlineData("mixed", true)]
    public void Update_FirstStepOfFirstEpoch_HasRatioOne(string kind, bool hasMask)
    {
        Policy policy = MakePolicy(kind, hasMask, out RecordingBackend backend);
        PpoBatch batch = TestBatches.Collect(policy, 200, seed: 3);
        var random = new RandomStream(1);

        new PpoLearner(policy, Options).Update(batch, 1e-3f, ref random);

        Assert.Equal(0, backend.Steps[0].ClipFraction);
        Assert.Equal(0, backend.Steps[0].Divergence, 1e-6);
        Assert.Equal(0, backend.Steps[0].ApproximateDivergence, 1e-6);
        Assert.NotEqual(0, backend.Steps[^1].Divergence, 1e-6);
    }

    [Fact]
    public void Update_RowsNotDivisible_GoOnceThroughEachEpochInEvenMinibatches()
    {
        Policy policy = MakePolicy("discrete", false, out RecordingBackend backend);
        PpoBatch batch = TestBatches.Collect(policy, 130, seed: 3);
        var random = new RandomStream(1);

        PpoStatistics statistics = new PpoLearner(policy, Options).Update(batch, 1e-3f, ref random);

        Assert.Equal([43, 43, 44, 43, 43, 44], backend.Rows.Select(rows => rows.Length));
        int[] first = [.. backend.Rows.Take(3).SelectMany(rows => rows)], second = [.. backend.Rows.Skip(3).SelectMany(rows => rows)];
        Assert.Equal(Enumerable.Range(0, 130), first.Order());
        Assert.Equal(Enumerable.Range(0, 130), second.Order());
        Assert.NotEqual(first, second);
        Assert.Equal(6, statistics.Steps);
    }

    [Theory]
    [InlineData("discrete", false, false)]
    [InlineData("box", true, false)]
    [InlineData("mixed", false, true)]
    public void Update_GoodActions_BecomeLikelier(string kind, bool freeLogStd, bool sharedLayers)
    {
        var policy = new Policy(new PolicySpec(6, TestBatches.MakeSpace(kind)) { FreeLogStd = freeLogStd, SharedLayers = sharedLayers }, seed: 1);
        PpoBatch batch = TestBatches.Collect(policy, 256, seed: 3);
        var random = new RandomStream(1);
        PpoOptions options = Options with { Epochs = 30, ValueClipping = ValueClipping.None };
        double[] oldErrors = Errors(policy, batch);

        PpoStatistics statistics = new PpoLearner(policy, options).Update(batch, 3e-3f, ref random);

        Assert.True(statistics.PolicyLoss < -0.05, $"The policy loss is {statistics.PolicyLoss}.");
        Assert.True(Errors(policy, batch).Average() < 0.8 * oldErrors.Average(), "The values came no nearer to their targets.");
    }

    [Theory]
    [InlineData("discrete", true, false)]
    [InlineData("box", false, false)]
    [InlineData("mixed", false, true)]
    public void Update_SameSeeds_GivesTheSameBitForBit(string kind, bool hasMask, bool sharedLayers)
    {
        float[][] results = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            var policy = new Policy(new PolicySpec(6, TestBatches.MakeSpace(kind)) { HasActionMask = hasMask, SharedLayers = sharedLayers }, seed: 1);
            var random = new RandomStream(1);
            new PpoLearner(policy, Options).Update(TestBatches.Collect(policy, 300, seed: 3), 1e-3f, ref random);
            return policy.Parameters.ToArray();
        })];

        Assert.Equal(results[0], results[1]);
    }

    [Fact]
    public void LoadState_OfASavedLearner_ContinuesBitForBit()
    {
        var spec = new PolicySpec(6, TestBatches.MakeSpace("mixed")) { FreeLogStd = true, HiddenSizes = [24, 9] };
        Policy policy = new(spec, seed: 1), resumed = new(spec, seed: 2);
        PpoLearner learner = new(policy, Options), second = new(resumed, Options);
        PpoBatch batch = TestBatches.Collect(policy, 300, seed: 3);
        var random = new RandomStream(1);
        learner.Update(batch, 1e-3f, ref random);
        byte[] state = new byte[learner.StateByteCount];
        learner.SaveState(state);
        policy.Parameters.CopyTo(resumed.Parameters);
        RandomStream resumedRandom = random;

        second.LoadState(state);
        PpoStatistics expected = learner.Update(batch, 1e-3f, ref random);
        PpoStatistics actual = second.Update(batch, 1e-3f, ref resumedRandom);

        Assert.Equal(expected, actual);
        Assert.Equal(policy.Parameters.ToArray(), resumed.Parameters.ToArray());
    }

    [Fact]
    public void Update_NotANumberInOneRow_LeavesOutItsStepsOnly()
    {
        Policy policy = MakePolicy("discrete", false, out _);
        PpoBatch batch = TestBatches.Collect(policy, 200, seed: 3);
        batch.Advantages[7] = float.NaN;
        var random = new RandomStream(1);

        PpoStatistics statistics = new PpoLearner(policy, Options with { NormalizeAdvantages = AdvantageNormalization.None }).Update(batch, 1e-3f, ref random);

        Assert.Equal(6, statistics.Steps);
        Assert.Equal(2, statistics.SkippedSteps);
        Assert.All(policy.Parameters.ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.True(double.IsFinite(statistics.Loss));
    }

    [Fact]
    public void Update_EmptyBatch_Throws()
    {
        Policy policy = MakePolicy("discrete", false, out _);
        var random = new RandomStream(1);

        Assert.Throws<ArgumentException>(() => new PpoLearner(policy, Options).Update(new PpoBatch(policy.Spec, 4), 1e-3f, ref random));
    }

    [Fact]
    public void Constructor_SettingOutOfRange_NamesIt()
    {
        Policy policy = MakePolicy("discrete", false, out _);

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new PpoLearner(policy, Options with { Gamma = 1.5f }));

        Assert.Contains("Gamma is 1.5; it must be between 0 and 1.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LearningRateAt_Linear_FallsToZero()
    {
        PpoOptions options = Options with { LearningRate = 0.5f, LearningRateAnnealing = LearningRateAnnealing.Linear };

        Assert.Equal([0.5f, 0.375f, 0], new[] { 0, 0.25, 1 }.Select(options.LearningRateAt));
        Assert.Equal(0.5f, (options with { LearningRateAnnealing = LearningRateAnnealing.None }).LearningRateAt(1));
    }

    private static double[] Errors(Policy policy, PpoBatch batch)
    {
        float[] values = new float[batch.Rows];
        policy.Values(batch.CriticObservations, batch.Rows, values);
        return [.. values.Zip(batch.ValueTargets, (value, target) => Math.Pow(value - target, 2))];
    }

    private static Policy MakePolicy(string kind, bool hasMask, out RecordingBackend backend)
    {
        var spec = new PolicySpec(6, TestBatches.MakeSpace(kind)) { HasActionMask = hasMask, Initialization = Initialization.RLlib };
        backend = new RecordingBackend(new ManagedBackend(spec));
        return new Policy(spec, seed: 1, backend);
    }
}
