using System.Text.Json;
using Heron.Learning.Backends;
using Heron.Learning.Models;
using Heron.Learning.Ppo;
using Heron.Learning.Tests.Shared;

namespace Heron.Learning.Tests.Ppo;

/// <summary>Whole updates with given orders of rows against PyTorch.</summary>
public sealed class PpoUpdateGoldenTests
{
    private const string Topic = "06_ppo_update";

    public static TheoryData<string> Names => GoldenFile.Names(Topic);

    [Theory]
    [MemberData(nameof(Names))]
    public void RunEpoch_RecordedOrders_MatchesReference(string name)
    {
        GoldenCase item = GoldenFile.Case(Topic, name);
        PolicySpec spec = GoldenNetworks.Spec(item);
        var backend = new RecordingBackend(new ManagedBackend(spec));
        var policy = new Policy(spec, backend: backend);
        GoldenNetworks.Load(policy, item);
        PpoBatch batch = GoldenNetworks.Batch(spec, item);
        float gradientClip = item.Number("grad_clip");
        PpoOptions options = GoldenNetworks.Options(item) with
        {
            Epochs = (int)item.Number("epochs"),
            MinibatchSize = batch.Rows / (int)item.Number("minibatches"),
            GradientClip = gradientClip > 0 ? gradientClip : null,
            AdamEpsilon = item.Number("adam_eps"),
            KlTarget = item.Inputs.TryGetProperty("kl_target", out JsonElement target) ? target.GetSingle() : 0.01f,
        };
        var learner = new PpoLearner(policy, options);

        learner.Begin(batch);
        foreach (int[] order in item.Integers("permutations").Chunk(batch.Rows))
        {
            learner.RunEpoch(batch, order, item.Number("lr"));
        }

        PpoStatistics statistics = learner.End(batch, item.Number("lr"));

        double valueScale = item.Inputs.GetProperty("hyper").GetProperty("vf_scale").GetDouble();
        item.Check("steps.loss", [.. backend.Steps.Select(step => (float)step.Loss)]);
        item.Check("steps.policy_loss", [.. backend.Steps.Select(step => (float)step.PolicyLoss)]);
        item.Check("steps.vf_loss", [.. backend.Steps.Select(step => (float)(step.ValueLoss * valueScale))]);
        item.Check("steps.entropy", [.. backend.Steps.Select(step => (float)step.Entropy)]);
        item.Check("steps.approx_kl", [.. backend.Steps.Select(step => (float)step.ApproximateDivergence)]);
        item.Check("steps.clip_fraction", [.. backend.Steps.Select(step => (float)step.ClipFraction)]);
        item.Check("steps.grad_norm", [.. backend.Steps.Select(step => (float)step.GradientNorm)]);
        item.Check("mean_stats.loss", (float)statistics.Loss);
        item.Check("mean_stats.policy_loss", (float)statistics.PolicyLoss);
        item.Check("mean_stats.vf_loss", (float)(statistics.ValueLoss * valueScale));
        item.Check("mean_stats.vf_loss_unclipped", (float)(statistics.UnclippedValueLoss * valueScale));
        item.Check("mean_stats.entropy", (float)statistics.Entropy);
        item.Check("mean_stats.clip_fraction", (float)statistics.ClipFraction);
        item.Check("mean_stats.grad_norm", (float)statistics.GradientNorm);
        item.Check(options.KlCoefficient > 0 ? "mean_stats.kl" : "mean_stats.approx_kl", (float)statistics.Kl);
        item.Check(options.KlCoefficient > 0 ? "last_stats.kl" : "last_stats.approx_kl", (float)statistics.LastKl);
        item.Check("explained_variance_old_values", (float)statistics.ExplainedVariance);
        if (options.KlCoefficient > 0)
        {
            item.Check("kl_coeff_after_last_rule", learner.KlCoefficient);
        }

        CheckParameters(item, policy);
        CheckNewValues(item, policy, batch);
    }

    private static void CheckParameters(GoldenCase item, Policy policy)
    {
        GoldenNetworks.Check(policy, item, "encoder.actor_encoder", "pi", "actor_after", policy.Parameters);
        GoldenNetworks.Check(policy, item, "encoder.critic_encoder", "vf", "critic_after", policy.Parameters);
        if (policy.Spec.FreeLogStd)
        {
            ParameterTensor logStd = policy.Layout["pi.log_std"];
            item.Check("log_std_after", policy.Parameters.Slice(logStd.Offset, logStd.Length));
        }
    }

    private static void CheckNewValues(GoldenCase item, Policy policy, PpoBatch batch)
    {
        float[] values = new float[batch.Rows];
        policy.Values(batch.Observations, batch.Rows, values);
        item.Check("explained_variance_new_values", (float)AdvantageMoments.ExplainedVariance(values, batch.ValueTargets));
    }
}
