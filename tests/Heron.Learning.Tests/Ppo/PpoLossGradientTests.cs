using Heron.Core.Randomness;
using Heron.Learning.Backends;
using Heron.Learning.Distributions;
using Heron.Learning.Models;
using Heron.Learning.Ppo;
using Heron.Learning.Tests.Shared;

namespace Heron.Learning.Tests.Ppo;

/// <summary>The gradient of the whole loss against finite differences, along random directions in all parameters.</summary>
public sealed class PpoLossGradientTests
{
    // More than a tile, and not a multiple of a vector.
    private const int Rows = 77;
    private const float Step = 1f / 512;

    [Theory]
    [InlineData("discrete", ValueClipping.None, true, false)]
    [InlineData("multidiscrete", ValueClipping.ClipValue, false, true)]
    [InlineData("box", ValueClipping.ClampSquaredError, false, false)]
    [InlineData("mixed", ValueClipping.None, true, false)]
    [InlineData("mixed", ValueClipping.None, true, true)]
    public void Differentiate_RandomDirections_MatchFiniteDifferences(string kind, ValueClipping clipping, bool hasMask, bool sharedLayers)
    {
        var spec = new PolicySpec(5, TestBatches.MakeSpace(kind))
        {
            HasActionMask = hasMask,
            SharedLayers = sharedLayers,
            FreeLogStd = hasMask,
            HiddenSizes = [24, 10],
            Initialization = Initialization.RLlib,
        };
        var policy = new Policy(spec, seed: 1);
        PpoBatch batch = TestBatches.Collect(policy, Rows, seed: 2);

        // Ratios stay clear of the clip range, where the loss has kinks.
        var options = new PpoOptions { ClipParam = 5, ValueClipping = clipping, VfClipParam = 100, EntropyCoefficient = 0.05f };
        var step = new PpoStep(options, 0, 0.3f, 0.1f, 1.5f);
        var random = new RandomStream(4);
        float[] start = policy.Parameters.ToArray();
        Move(start, Direction(ref random, start.Length), 0.02f, start);
        float[] gradient = new float[start.Length];
        Loss(spec, start, batch, step, gradient);

        for (int trial = 0; trial < 10; trial++)
        {
            float[] direction = Direction(ref random, start.Length), moved = new float[start.Length];
            double Along(float distance)
            {
                Move(start, direction, distance, moved);
                return Loss(spec, moved, batch, step, new float[start.Length]);
            }

            double expected = (Along(Step) - Along(-Step)) / (2 * Step);
            double actual = gradient.Zip(direction, (g, d) => (double)g * d).Sum();

            Assert.Equal(expected, actual, 2e-3 * Math.Max(1, Math.Abs(expected)));
        }
    }

    private static double Loss(PolicySpec spec, float[] parameters, PpoBatch batch, PpoStep step, float[] gradient)
    {
        var networks = new ActorCritic(spec, new ParameterLayout(spec));
        networks.Pack(parameters, networks.Parameters);
        networks.CopyPlainWeights();
        var trainer = new MinibatchTrainer(spec, new ActionDistribution(spec), networks);
        PpoStepStatistics statistics = trainer.Differentiate(batch, [.. Enumerable.Range(0, batch.Rows)], step);
        networks.Unpack(trainer.Gradients, gradient);
        return statistics.Loss;
    }

    private static float[] Direction(ref RandomStream random, int length)
    {
        float[] direction = new float[length];
        TestBatches.Fill(ref random, direction);
        return direction;
    }

    private static void Move(float[] from, float[] direction, float distance, float[] to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = from[i] + (distance * direction[i]);
        }
    }
}
