using Heron.Core.Spaces;
using Heron.Learning.Backends;
using Heron.Learning.Distributions;
using Heron.Learning.Tests.Shared;

namespace Heron.Learning.Tests.Backends;

/// <summary>Twenty steps of Adam on a network's mean squared error against PyTorch: kernels, clipping and optimizer together.</summary>
public sealed unsafe class RegressionGoldenTests
{
    private const string Topic = "05_adam";

    public static TheoryData<string> Names => GoldenFile.Names(Topic, item => item.Text("kind") == "mlp");

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_RecordedRegression_MatchesReference(string name)
    {
        GoldenCase item = GoldenFile.Case(Topic, name);
        int[] sizes = item.Integers("sizes");
        int inputs = sizes[0], outputs = sizes[^1];
        var spec = new PolicySpec(inputs, new DiscreteSpace(outputs))
        {
            HiddenSizes = sizes[1..^1],
            Activation = GoldenNetworks.ParseActivation(item.Text("activation")),
        };
        var policy = new Policy(spec);
        policy.Parameters.Clear();
        GoldenNetworks.Load(policy, "encoder.actor_encoder", "pi", item.Inputs.GetProperty("params"));
        var networks = new ActorCritic(spec, policy.Layout);
        networks.Pack(policy.Parameters, networks.Parameters);
        networks.CopyPlainWeights();
        float[] x = item.Floats("x"), y = item.Floats("y"), rates = item.Floats("lr");
        int rows = x.Length / inputs;
        var gradients = new AlignedBuffer(networks.Parameters.Length);
        AlignedBuffer lanes = LaneTile.Allocate(outputs), lane = LaneTile.Allocate(1), laneGradients = LaneTile.Allocate(outputs);
        var optimizer = new AdamOptimizer(networks.Parameters.Length);
        float[] losses = new float[rates.Length], norms = new float[rates.Length];

        for (int step = 0; step < rates.Length; step++)
        {
            for (int row = 0; row < rows; row++)
            {
                networks.Actor.SetObservation(x.AsSpan(row * inputs, inputs), row);
            }

            networks.Forward(rows, lanes.Pointer, lane.Pointer);
            for (int i = 0; i < y.Length; i++)
            {
                int index = (i % outputs * LaneTile.Rows) + (i / outputs);
                float error = lanes.Span[index] - y[i];
                losses[step] += error * error / y.Length;
                laneGradients.Span[index] = 2 * error / y.Length;
            }

            gradients.Span.Clear();
            lane.Span.Clear();
            networks.Backward(rows, laneGradients.Pointer, lane.Pointer, gradients);
            norms[step] = (float)AdamOptimizer.Norm(gradients);
            float scale = AdamOptimizer.ClipCoefficient(norms[step], item.Number("clip") > 0 ? item.Number("clip") : null);
            optimizer.Step(networks.Parameters, gradients, scale, rates[step], item.Number("eps"));
            networks.CopyPlainWeights();
            if (item.Expected.GetProperty("params").TryGetProperty($"after_{step + 1}", out _))
            {
                networks.Unpack(networks.Parameters, policy.Parameters);
                CheckLayers(item, policy, $"params.after_{step + 1}");
            }
        }

        item.Check("loss_before", losses);
        item.Check("grad_norm_before_clip", norms);
    }

    private static void CheckLayers(GoldenCase item, Policy policy, string field)
    {
        string[] prefixes = ["encoder.actor_encoder.net.mlp.0", "pi.net.mlp.0"];
        for (int layer = 0; layer < prefixes.Length; layer++)
        {
            item.Check($"{field}.W{layer}", Tensor(policy, prefixes[layer] + ".weight"));
            item.Check($"{field}.b{layer}", Tensor(policy, prefixes[layer] + ".bias"));
        }
    }

    private static Span<float> Tensor(Policy policy, string name) => policy.Parameters.Slice(policy.Layout[name].Offset, policy.Layout[name].Length);
}
