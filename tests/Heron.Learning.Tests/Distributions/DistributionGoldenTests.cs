using Heron.Core.Spaces;
using Heron.Learning.Tests.Shared;

namespace Heron.Learning.Tests.Distributions;

/// <summary>Log-probability, entropy, KL and gradients of each distribution against PyTorch.</summary>
public sealed class DistributionGoldenTests
{
    private const string Topic = "02_dist";

    public static TheoryData<string> Names => GoldenFile.Names(Topic, item => item.Text("kind") != "squashed_gaussian");

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_RecordedCase_MatchesReference(string name)
    {
        GoldenCase item = GoldenFile.Case(Topic, name);
        var p = new DistributionProbe(Spec(item), Rows(item, "p"), Rows(item, "q"), Actions(item), Masks(item));
        var q = new DistributionProbe(Spec(item), Rows(item, "q"), Rows(item, "p"), Actions(item), Masks(item));

        item.Check("logp", p.LogProbabilities);
        item.Check("entropy", p.Entropies);
        item.Check("kl_pq", q.Divergences);
        if (item.Expected.TryGetProperty("probs", out _))
        {
            item.Check("probs", p.Probabilities);
        }

        CheckGradient(item, "grad_logp", p.Gradient(1, 0, 0));
        CheckGradient(item, "grad_entropy", p.Gradient(0, 1, 0));
        CheckGradient(item, "grad_kl", q.Gradient(0, 0, 1), "_q");
    }

    private static PolicySpec Spec(GoldenCase item)
    {
        string kind = item.Text("kind");
        int Columns(string input) => item.Inputs.GetProperty(input).GetProperty("shape")[1].GetInt32();
        return kind switch
        {
            "categorical" => new PolicySpec(1, new DiscreteSpace(Columns("logits_p"))),
            "categorical_masked" => new PolicySpec(1, new DiscreteSpace(Columns("logits_p"))) { HasActionMask = true },
            "multicategorical" => new PolicySpec(1, new MultiDiscreteSpace(item.Integers("nvec"))),
            "diag_gaussian_free" => new PolicySpec(1, BoxSpace.Unbounded(Columns("mean_p"))) { FreeLogStd = true },
            _ => new PolicySpec(1, BoxSpace.Unbounded(Columns("params_p") / 2)) { LogStdLimit = item.Number("log_std_clip") },
        };
    }

    // Rows of distribution inputs of distribution p or q.
    private static float[] Rows(GoldenCase item, string which)
    {
        if (item.Inputs.TryGetProperty("logits_" + which, out _))
        {
            return item.Floats("logits_" + which);
        }

        if (item.Inputs.TryGetProperty("params_" + which, out _))
        {
            return item.Floats("params_" + which);
        }

        float[] logStd = item.Floats("log_std_" + which);
        return [.. item.Floats("mean_" + which).Chunk(logStd.Length).SelectMany(mean => mean.Concat(logStd))];
    }

    private static float[] Actions(GoldenCase item) => item.Floats("action");

    private static byte[] Masks(GoldenCase item) =>
        item.Inputs.TryGetProperty("mask", out _) ? [.. item.Integers("mask").Select(value => (byte)value)] : [];

    // A free vector of standard deviations has one gradient, summed over the rows.
    private static void CheckGradient(GoldenCase item, string field, float[][] rows, string suffix = "")
    {
        if (item.Text("kind") != "diag_gaussian_free")
        {
            item.Check(field + suffix, [.. rows.SelectMany(row => row)]);
            return;
        }

        int n = rows[0].Length / 2;
        if (item.Expected.TryGetProperty($"{field}_mean{suffix}", out _))
        {
            item.Check($"{field}_mean{suffix}", [.. rows.SelectMany(row => row[..n])]);
        }

        item.Check($"{field}_logstd{suffix}", [.. Enumerable.Range(n, n).Select(i => rows.Sum(row => row[i]))]);
    }
}
