using Heron.Learning.Backends;
using Heron.Learning.Tests.Shared;

namespace Heron.Learning.Tests.Backends;

/// <summary>Adam and clipping against PyTorch.</summary>
public sealed class AdamOptimizerGoldenTests
{
    private const string Topic = "05_adam";

    public static TheoryData<string> Quadratics => GoldenFile.Names(Topic, item => item.Text("kind") == "quadratic");

    public static TheoryData<string> Clips => GoldenFile.Names(Topic, item => item.Text("kind") == "clip");

    [Theory]
    [MemberData(nameof(Quadratics))]
    public void Step_RecordedDescent_MatchesReference(string name)
    {
        GoldenCase item = GoldenFile.Case(Topic, name);
        float[] diagonal = item.Floats("diag"), b = item.Floats("b"), x = item.Floats("x0"), rates = item.Floats("lr");
        float clip = item.Number("clip");
        AlignedBuffer parameters = new(16), gradients = new(16);
        x.CopyTo(parameters.Span);
        var optimizer = new AdamOptimizer(16);
        var path = new List<float>();
        var norms = new List<float>();

        foreach (float rate in rates)
        {
            for (int i = 0; i < x.Length; i++)
            {
                gradients.Span[i] = (diagonal[i] * parameters.Span[i]) - b[i];
            }

            double norm = AdamOptimizer.Norm(gradients);
            optimizer.Step(parameters, gradients, AdamOptimizer.ClipCoefficient(norm, clip > 0 ? clip : null), rate, item.Number("eps"));
            norms.Add((float)norm);
            path.AddRange(parameters.Span[..x.Length]);
        }

        item.Check("x", [.. path]);
        item.Check("grad_norm_before_clip", [.. norms]);
        Assert.All(parameters.Span[x.Length..].ToArray(), padding => Assert.Equal(0, padding));
    }

    [Theory]
    [MemberData(nameof(Clips))]
    public void ClipCoefficient_RecordedGradients_MatchesReference(string name)
    {
        GoldenCase item = GoldenFile.Case(Topic, name);
        float[] all = [.. item.Inputs.GetProperty("grads").EnumerateArray().SelectMany(GoldenCase.Floats)];
        var gradients = new AlignedBuffer(AlignedBuffer.Pad(all.Length));
        all.CopyTo(gradients.Span);

        double norm = AdamOptimizer.Norm(gradients);
        float coefficient = AdamOptimizer.ClipCoefficient(norm, item.Number("max_norm"));

        item.Check("norm", (float)norm);
        item.Check("coefficient", coefficient);
    }

    [Fact]
    public void ClipCoefficient_WithoutLimit_IsOne() => Assert.Equal(1, AdamOptimizer.ClipCoefficient(1e9, null));
}
