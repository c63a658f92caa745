using Heron.Core.Spaces;
using Heron.Learning.Backends;
using Heron.Learning.Distributions;
using Heron.Learning.Tests.Shared;

namespace Heron.Learning.Tests.Backends;

/// <summary>Networks forward and backward against PyTorch.</summary>
public sealed unsafe class ActorCriticGoldenTests
{
    private const string Topic = "01_mlp";

    public static TheoryData<string> Names => GoldenFile.Names(Topic);

    [Theory]
    [MemberData(nameof(Names))]
    public void ForwardAndBackward_RecordedCase_MatchesReference(string name)
    {
        GoldenCase item = GoldenFile.Case(Topic, name);
        int[] sizes = item.Integers("sizes");
        var spec = new PolicySpec(sizes[0], new DiscreteSpace(sizes[^1]))
        {
            HiddenSizes = sizes[1..^1],
            Activation = GoldenNetworks.ParseActivation(item.Text("activation")),
        };
        var policy = new Policy(spec);
        GoldenNetworks.Load(policy, "encoder.actor_encoder", "pi", item.Inputs.GetProperty("params"));
        var networks = new ActorCritic(spec, policy.Layout);
        networks.Pack(policy.Parameters, networks.Parameters);
        networks.CopyPlainWeights();
        int rows = item.Inputs.GetProperty("x").GetProperty("shape")[0].GetInt32();
        float[] observations = item.Floats("x");
        for (int row = 0; row < rows; row++)
        {
            networks.Actor.SetObservation(observations.AsSpan(row * sizes[0], sizes[0]), row);
        }

        AlignedBuffer outputs = LaneTile.Allocate(sizes[^1]), gradientLanes = LaneTile.Allocate(sizes[^1]), value = LaneTile.Allocate(1);
        var gradients = new AlignedBuffer(networks.Parameters.Length);
        SetLanes(item.Floats("grad_y"), sizes[^1], gradientLanes);
        networks.Forward(rows, outputs.Pointer, value.Pointer);
        networks.Backward(rows, gradientLanes.Pointer, LaneTile.Allocate(1).Pointer, gradients);

        item.Check("y", Rows(outputs, rows, sizes[^1]));
        float[] flat = new float[policy.Layout.Length];
        networks.Unpack(gradients, flat);
        GoldenNetworks.Check(policy, item, "encoder.actor_encoder", "pi", "grad", flat);
    }

    private static void SetLanes(float[] rows, int columns, AlignedBuffer lanes)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            lanes.Span[(i % columns * LaneTile.Rows) + (i / columns)] = rows[i];
        }
    }

    private static float[] Rows(AlignedBuffer lanes, int rows, int columns)
    {
        float[] result = new float[rows * columns];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = lanes.Span[(i % columns * LaneTile.Rows) + (i / columns)];
        }

        return result;
    }
}
