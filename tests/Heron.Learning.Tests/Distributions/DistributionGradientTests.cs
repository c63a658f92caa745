using Heron.Core.Randomness;
using Heron.Learning.Tests.Shared;

namespace Heron.Learning.Tests.Distributions;

/// <summary>Gradients against finite differences of the quantity itself, for every kind of action space.</summary>
public sealed class DistributionGradientTests
{
    private const int Rows = 7;
    private const float Step = 1f / 64;

    [Theory]
    [InlineData("discrete", false)]
    [InlineData("multidiscrete", false)]
    [InlineData("box", false)]
    [InlineData("box", true)]
    [InlineData("mixed", false)]
    [InlineData("mixed", true)]
    public void Gradient_LogProbabilityEntropyAndDivergence_MatchFiniteDifferences(string kind, bool freeLogStd)
    {
        var spec = new PolicySpec(1, TestBatches.MakeSpace(kind)) { FreeLogStd = freeLogStd };
        var random = new RandomStream(3);
        float[] inputs = new float[Rows * spec.DistributionInputLength], oldInputs = new float[inputs.Length];
        TestBatches.Fill(ref random, inputs);
        TestBatches.Fill(ref random, oldInputs);
        float[] actions = Actions(spec, ref random);

        float[][] gradient = new DistributionProbe(spec, inputs, oldInputs, actions, []).Gradient(0.7f, -0.4f, 1.3f);

        for (int i = 0; i < inputs.Length; i++)
        {
            int row = i / spec.DistributionInputLength;
            double slope = (Value(i, Step) - Value(i, -Step)) / (2 * Step);
            double third = (Value(i, 2 * Step) - Value(i, -2 * Step)) / (4 * Step);

            // The error of a central difference falls with the square of the step: two steps give the limit.
            double limit = ((4 * slope) - third) / 3;
            Assert.Equal(limit, gradient[row][i % spec.DistributionInputLength], 2e-3 * Math.Max(1, Math.Abs(limit)));
        }

        double Value(int index, float change)
        {
            float[] moved = [.. inputs];
            moved[index] += change;
            int row = index / spec.DistributionInputLength;
            var probe = new DistributionProbe(spec, moved, oldInputs, actions, []);
            return (0.7 * probe.LogProbabilities[row]) - (0.4 * probe.Entropies[row]) + (1.3 * probe.Divergences[row]);
        }
    }

    private static float[] Actions(PolicySpec spec, ref RandomStream random)
    {
        int n = spec.ActionSpace.ContinuousLength;
        float[] actions = new float[Rows * spec.ActionSpace.Length];
        int[] heads = new int[spec.ActionSpace.HeadSizes.Length];
        for (int row = 0; row < Rows; row++)
        {
            Span<float> action = actions.AsSpan(row * spec.ActionSpace.Length, spec.ActionSpace.Length);
            spec.ActionSpace.Sample(ref random, action[..n], heads);
            for (int head = 0; head < heads.Length; head++)
            {
                action[n + head] = heads[head];
            }
        }

        return actions;
    }
}
