using Heron.Core.Randomness;
using Heron.Core.Spaces;
using Heron.Learning.Models;
using Heron.Learning.Ppo;
using Heron.Learning.Tests.Shared;

namespace Heron.Learning.Tests;

public sealed class PolicyTests
{
    // More rows than a tile, and not a multiple of anything.
    private const int Rows = 149;

    [Theory]
    [InlineData("discrete", false)]
    [InlineData("multidiscrete", true)]
    [InlineData("box", false)]
    [InlineData("mixed", true)]
    public void Act_RowsOneByOne_EqualsRowsTogetherBitForBit(string kind, bool hasMask)
    {
        Policy policy = MakePolicy(kind, hasMask);
        PpoBatch together = TestBatches.Collect(policy, Rows, seed: 9);
        PpoBatch alone = new(policy.Spec, Rows);
        RandomStream[] randoms = TestBatches.Streams(9, Rows);
        int n = policy.Spec.ActionSpace.ContinuousLength, heads = policy.Spec.ActionSpace.HeadSizes.Length, k = policy.DistributionInputLength;
        int maskLength = hasMask ? policy.Spec.ActionSpace.MaskLength : 0;

        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<float> observation = together.Observations.AsSpan(row * policy.Spec.ObservationLength, policy.Spec.ObservationLength);
            policy.Act(observation, together.Masks.AsSpan(row * maskLength, maskLength), randoms.AsSpan(row, 1), new ActBatch
            {
                Continuous = alone.Continuous.AsSpan(row * n, n),
                Discrete = alone.Discrete.AsSpan(row * heads, heads),
                LogProbabilities = alone.LogProbabilities.AsSpan(row, 1),
                DistributionInputs = alone.DistributionInputs.AsSpan(row * k, k),
            });
            policy.Values(observation, 1, alone.Values.AsSpan(row, 1));
        }

        Assert.Equal(together.Continuous, alone.Continuous);
        Assert.Equal(together.Discrete, alone.Discrete);
        Assert.Equal(together.LogProbabilities, alone.LogProbabilities);
        Assert.Equal(together.DistributionInputs, alone.DistributionInputs);
        Assert.Equal(together.Values, alone.Values);
    }

    // Logits are the biases when all weights are 0: probabilities 1/7, 2/7, 4/7.
    [Fact]
    public void Act_KnownLogits_DrawsInProportion()
    {
        const int draws = 64 * 700;
        var policy = new Policy(new PolicySpec(2, new DiscreteSpace(3)));
        SetBiases(policy, MathF.Log(1), MathF.Log(2), MathF.Log(4));
        int[] actions = new int[draws];
        float[] logProbabilities = new float[draws];

        policy.Act(new float[2 * draws], [], TestBatches.Streams(1, draws), new ActBatch { Discrete = actions, LogProbabilities = logProbabilities });

        // Five standard deviations of a binomial count.
        for (int category = 0; category < 3; category++)
        {
            double p = (1 << category) / 7.0;
            Assert.Equal(p, actions.Count(action => action == category) / (double)draws, 5 * Math.Sqrt(p * (1 - p) / draws));
            Assert.Equal(Math.Log(p), logProbabilities[Array.IndexOf(actions, category)], 1e-6);
        }
    }

    [Fact]
    public void Act_FreeLogStd_DrawsWithItsMeanAndDeviation()
    {
        const int draws = 40_000;
        var policy = new Policy(new PolicySpec(2, BoxSpace.Unbounded(1)) { FreeLogStd = true });
        SetBiases(policy, 3);
        policy.Parameters[policy.Layout["pi.log_std"].Offset] = MathF.Log(0.5f);
        float[] actions = new float[draws], inputs = new float[2 * draws], logProbabilities = new float[draws];

        policy.Act(new float[2 * draws], [], TestBatches.Streams(1, draws), new ActBatch { Continuous = actions, DistributionInputs = inputs, LogProbabilities = logProbabilities });

        Assert.Equal([3, MathF.Log(0.5f)], inputs[..2]);
        Assert.Equal(3, actions.Average(), 5 * 0.5 / Math.Sqrt(draws));
        Assert.Equal(0.25, actions.Average(action => (action - 3) * (action - 3)), 0.01);
        double u = (actions[0] - 3) / 0.5;
        Assert.Equal((-0.5 * u * u) - Math.Log(0.5) - (0.5 * Math.Log(2 * Math.PI)), logProbabilities[0], 1e-5);
    }

    [Fact]
    public void Act_MaskedCategories_AreNeverDrawn()
    {
        Policy policy = MakePolicy("multidiscrete", hasMask: true);

        PpoBatch batch = TestBatches.Collect(policy, 4096, seed: 2);

        for (int row = 0; row < batch.Rows; row++)
        {
            int offset = row * policy.Spec.ActionSpace.MaskLength;
            for (int head = 0; head < 3; head++)
            {
                Assert.Equal(1, batch.Masks[offset + batch.Discrete[(row * 3) + head]]);
                offset += policy.Spec.ActionSpace.HeadSizes[head];
            }
        }
    }

    [Fact]
    public void ActGreedily_Mixed_TakesMeansAndLikeliestAllowedCategories()
    {
        var policy = new Policy(new PolicySpec(2, TestBatches.MakeSpace("mixed")) { HasActionMask = true });
        SetBiases(policy, 0.25f, -2, 0, 0, 1, 5, 3, 2, 2);
        float[] continuous = new float[2];
        int[] discrete = new int[2];

        policy.ActGreedily(new float[2], [1, 0, 1, 1, 1], 1, new ActBatch { Continuous = continuous, Discrete = discrete });

        Assert.Equal([0.25f, -2], continuous);
        Assert.Equal([2, 0], discrete);
    }

    [Fact]
    public void Parameters_Replaced_ChangeActions()
    {
        Policy first = new(new PolicySpec(3, new DiscreteSpace(4)), seed: 1), second = new(first.Spec, seed: 2);
        float[] before = new float[1], after = new float[1], expected = new float[1];
        first.Values([1, 2, 3], 1, before);
        second.Values([1, 2, 3], 1, expected);

        second.Parameters.CopyTo(first.Parameters);
        first.Values([1, 2, 3], 1, after);

        Assert.NotEqual(expected, before);
        Assert.Equal(expected, after);
    }

    [Fact]
    public void Act_WrongLength_SaysHowManyNumbersAreNeeded()
    {
        var policy = new Policy(new PolicySpec(3, new DiscreteSpace(4)));

        var error = Assert.Throws<ArgumentException>(() => policy.Act(new float[5], [], TestBatches.Streams(1, 2), new ActBatch { Discrete = new int[2] }));

        Assert.Contains("2 rows come with 5 numbers of observation; 6 are needed, 3 per row.", error.Message, StringComparison.Ordinal);
    }

    private static Policy MakePolicy(string kind, bool hasMask) => new(
        new PolicySpec(11, TestBatches.MakeSpace(kind)) { HasActionMask = hasMask, HiddenSizes = [64, 40, 7], Initialization = Initialization.RLlib },
        seed: 4);

    // All weights 0: the policy head gives its biases.
    private static void SetBiases(Policy policy, params ReadOnlySpan<float> biases)
    {
        policy.Parameters.Clear();
        biases.CopyTo(policy.Parameters[policy.Layout["pi.net.mlp.0.bias"].Offset..]);
    }
}
