using Heron.Core.Spaces;
using Heron.Learning.Models;
using Heron.Learning.Tests.Shared;

namespace Heron.Learning.Tests.Models;

public sealed class InitializationTests
{
    private const string Topic = "10_init";

    public static TheoryData<string> Orthogonals => GoldenFile.Names(Topic, item => item.Text("kind") == "orthogonal");

    [Theory]
    [MemberData(nameof(Orthogonals))]
    public void FromGaussian_RecordedMatrix_MatchesReference(string name)
    {
        GoldenCase item = GoldenFile.Case(Topic, name);
        int rows = item.Inputs.GetProperty("gaussian").GetProperty("shape")[0].GetInt32();
        int columns = item.Inputs.GetProperty("gaussian").GetProperty("shape")[1].GetInt32();
        double[] matrix = [.. item.Floats("gaussian").Select(value => (double)value)];

        OrthogonalMatrix.FromGaussian(matrix, rows, columns, item.Inputs.GetProperty("gain").GetDouble());

        item.Check("W", [.. matrix.Select(value => (float)value)]);
    }

    [Fact]
    public void Bound_RecordedLayers_MatchesReference()
    {
        GoldenCase item = GoldenFile.Case(Topic, "default_bounds");

        float[] bounds = [.. item.Inputs.GetProperty("layers").EnumerateArray().Select(layer => ParameterInitializer.Bound(layer[0].GetInt32()))];

        item.Check("bound", bounds);
    }

    [Fact]
    public void Initialize_RLlib_FillsWeightsAndBiasesUniformly()
    {
        var spec = new PolicySpec(256, new DiscreteSpace(4)) { HiddenSizes = [256], Initialization = Initialization.RLlib };
        var policy = new Policy(spec, seed: 1);

        foreach (ParameterTensor tensor in policy.Layout.Tensors.Where(tensor => tensor.Role == ParameterRole.ActorEncoder))
        {
            float[] values = policy.Parameters.Slice(tensor.Offset, tensor.Length).ToArray();
            double variance = values.Average(value => (double)value * value);

            Assert.All(values, value => Assert.InRange(value, -1f / 16, 1f / 16));
            Assert.Equal(1.0 / (3 * 256), variance, 0.2 / (3 * 256));
        }
    }

    [Theory]
    [InlineData("encoder.actor_encoder.net.mlp.0.weight", 2)]
    [InlineData("pi.net.mlp.0.weight", 1e-4)]
    [InlineData("vf.net.mlp.0.weight", 1)]
    public void Initialize_Orthogonal_HasOrthogonalVectorsOfTheGain(string name, double squaredGain)
    {
        var policy = new Policy(new PolicySpec(8, new DiscreteSpace(4)), seed: 1);
        ParameterTensor tensor = policy.Layout[name];
        float[] weights = policy.Parameters.Slice(tensor.Offset, tensor.Length).ToArray();
        bool isTall = tensor.Outputs > tensor.Inputs;
        int count = Math.Min(tensor.Outputs, tensor.Inputs), length = Math.Max(tensor.Outputs, tensor.Inputs);
        float Element(int vector, int i) => isTall ? weights[(i * tensor.Inputs) + vector] : weights[(vector * tensor.Inputs) + i];

        for (int a = 0; a < count; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double dot = Enumerable.Range(0, length).Sum(i => (double)Element(a, i) * Element(b, i));
                Assert.Equal(a == b ? squaredGain : 0, dot, squaredGain * 1e-5);
            }
        }
    }

    [Fact]
    public void Initialize_SameSeed_IsTheSameAndBiasesAreZero()
    {
        var spec = new PolicySpec(8, BoxSpace.Unbounded(2)) { FreeLogStd = true };
        Policy first = new(spec, seed: 5), second = new(spec, seed: 5), other = new(spec, seed: 6);

        Assert.Equal(first.Parameters.ToArray(), second.Parameters.ToArray());
        Assert.NotEqual(first.Parameters.ToArray(), other.Parameters.ToArray());
        foreach (ParameterTensor tensor in first.Layout.Tensors.Where(tensor => !tensor.IsMatrix))
        {
            Assert.All(first.Parameters.Slice(tensor.Offset, tensor.Length).ToArray(), value => Assert.Equal(0, value));
        }
    }
}
