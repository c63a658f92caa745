using System.Text.Json;
using Heron.Learning.Backends;
using Heron.Learning.Distributions;
using Heron.Learning.Models;
using Heron.Learning.Ppo;
using Heron.Learning.Tests.Shared;

namespace Heron.Learning.Tests.Ppo;

/// <summary>Loss, statistics and gradients of one minibatch against PyTorch.</summary>
public sealed class PpoLossGoldenTests
{
    private const string Topic = "03_ppo_loss";

    public static TheoryData<string> Names => GoldenFile.Names(Topic, item => item.Name != "kl_rule");

    [Theory]
    [MemberData(nameof(Names))]
    public void Differentiate_RecordedCase_MatchesReference(string name)
    {
        GoldenCase item = GoldenFile.Case(Topic, name);
        PolicySpec spec = GoldenNetworks.Spec(item);
        var policy = new Policy(spec);
        GoldenNetworks.Load(policy, item);
        PpoBatch batch = GoldenNetworks.Batch(spec, item);
        PpoOptions options = GoldenNetworks.Options(item);
        var networks = new ActorCritic(spec, policy.Layout);
        networks.Pack(policy.Parameters, networks.Parameters);
        networks.CopyPlainWeights();
        var trainer = new MinibatchTrainer(spec, new ActionDistribution(spec), networks);
        int[] rows = [.. Enumerable.Range(0, batch.Rows)];
        (float mean, float scale) = options.NormalizeAdvantages switch
        {
            AdvantageNormalization.Minibatch => AdvantageMoments.OfMinibatch(batch.Advantages, rows),
            AdvantageNormalization.Batch => AdvantageMoments.OfBatch(batch.Advantages),
            _ => (0, 1),
        };

        PpoStepStatistics statistics = trainer.Differentiate(batch, rows, new PpoStep(options, 0, options.KlCoefficient, mean, scale));

        CheckOutputs(item, policy, batch);
        item.Check("adv_used", [.. batch.Advantages.Select(advantage => (advantage - mean) * scale)]);
        item.Check("stats.loss", (float)statistics.Loss);
        item.Check("stats.policy_loss", (float)statistics.PolicyLoss);
        item.Check("stats.vf_loss", (float)(statistics.ValueLoss * item.Inputs.GetProperty("hyper").GetProperty("vf_scale").GetDouble()));
        item.Check("stats.vf_loss_unclipped", (float)(statistics.UnclippedValueLoss * item.Inputs.GetProperty("hyper").GetProperty("vf_scale").GetDouble()));
        item.Check("stats.entropy", (float)statistics.Entropy);
        item.Check("stats.approx_kl", (float)statistics.ApproximateDivergence);
        item.Check("stats.clip_fraction", (float)statistics.ClipFraction);
        if (options.KlCoefficient > 0)
        {
            item.Check("stats.kl", (float)statistics.Divergence);
        }

        float[] gradients = new float[policy.Layout.Length];
        networks.Unpack(trainer.Gradients, gradients);
        GoldenNetworks.Check(policy, item, "encoder.actor_encoder", "pi", "grad_actor", gradients);
        GoldenNetworks.Check(policy, item, "encoder.critic_encoder", "vf", "grad_critic", gradients);
        if (spec.FreeLogStd)
        {
            ParameterTensor logStd = policy.Layout["pi.log_std"];
            item.Check("grad_log_std", gradients.AsSpan(logStd.Offset, logStd.Length));
        }
    }

    [Fact]
    public void AdaptKlCoefficient_RecordedCase_MatchesReference()
    {
        GoldenCase item = GoldenFile.Case(Topic, "kl_rule");
        double target = item.Inputs.GetProperty("kl_target").GetDouble();

        float coefficient = item.Number("kl_coeff");
        var after = new List<float>();

        foreach (JsonElement kl in item.Inputs.GetProperty("kl").EnumerateArray())
        {
            coefficient = PpoLearner.AdaptKlCoefficient(coefficient, kl.GetDouble(), target);
            after.Add(coefficient);
        }

        item.Check("kl_coeff_after", [.. after]);
    }

    private static void CheckOutputs(GoldenCase item, Policy policy, PpoBatch batch)
    {
        PolicySpec spec = policy.Spec;
        float[] values = new float[batch.Rows];
        policy.Values(batch.Observations, batch.Rows, values);
        item.Check("value", values);

        float[] inputs = new float[batch.Rows * spec.DistributionInputLength];
        policy.CurrentBackend().EvaluatePolicy(batch.Observations, batch.Rows, inputs);
        float[] outputs = [.. inputs.Chunk(spec.DistributionInputLength).SelectMany(row => row.Take(spec.PolicyOutputLength))];
        item.Check("policy_out", outputs);
    }
}
