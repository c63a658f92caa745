using System.Text.Json;
using Heron.Core.Spaces;
using Heron.Learning.Models;
using Heron.Learning.Ppo;

namespace Heron.Learning.Tests.Shared;

/// <summary>Policies, options and batches of the recorded cases on PPO.</summary>
internal static class GoldenNetworks
{
    public static PolicySpec Spec(GoldenCase item)
    {
        float[] actorSizes = LayerSizes(item.Inputs.GetProperty("actor"));
        int outputs = (int)actorSizes[^1];
        Space space = item.Text("dist") switch
        {
            "categorical" => new DiscreteSpace(outputs),
            "multicategorical" => new MultiDiscreteSpace(item.Integers("nvec")),
            "gaussian_state" => BoxSpace.Unbounded(outputs / 2),
            _ => BoxSpace.Unbounded(outputs),
        };
        return new PolicySpec((int)actorSizes[0], space)
        {
            HiddenSizes = [.. actorSizes[1..^1].Select(size => (int)size)],
            Activation = ParseActivation(item.Text("activation")),
            FreeLogStd = item.Text("dist") == "gaussian_free",
        };
    }

    public static Activation ParseActivation(string name) => name == "tanh" ? Activation.Tanh : Activation.Relu;

    public static PpoOptions Options(GoldenCase item)
    {
        JsonElement hyper = item.Inputs.GetProperty("hyper");
        float clip = hyper.GetProperty("vf_clip").GetSingle();
        return new PpoOptions
        {
            ClipParam = hyper.GetProperty("clip").GetSingle(),
            VfLossCoefficient = hyper.GetProperty("vf_coef").GetSingle() * hyper.GetProperty("vf_scale").GetSingle(),
            VfClipParam = clip,
            ValueClipping = hyper.GetProperty("vf_mode").GetString() switch
            {
                "value_clip" => ValueClipping.ClipValue,
                "error_clip" => ValueClipping.ClampSquaredError,
                _ => ValueClipping.None,
            },
            EntropyCoefficient = hyper.GetProperty("ent_coef").GetSingle(),
            KlCoefficient = hyper.GetProperty("kl_coeff").GetSingle(),
            NormalizeAdvantages = hyper.GetProperty("adv_norm").GetString() switch
            {
                "sample_std_eps" => AdvantageNormalization.Minibatch,
                "population_std_floor" => AdvantageNormalization.Batch,
                _ => AdvantageNormalization.None,
            },
        };
    }

    /// <summary>Fills the tensors of actor and critic from W0, b0, W1, ...</summary>
    public static void Load(Policy policy, GoldenCase item)
    {
        Load(policy, "encoder.actor_encoder", "pi", item.Inputs.GetProperty("actor"));
        Load(policy, "encoder.critic_encoder", "vf", item.Inputs.GetProperty("critic"));
        if (policy.Spec.FreeLogStd)
        {
            item.Floats("log_std").CopyTo(policy.Parameters[policy.Layout["pi.log_std"].Offset..]);
        }
    }

    /// <summary>Checks the tensors of one network among flat parameters or gradients.</summary>
    public static void Check(Policy policy, GoldenCase item, string encoder, string head, string field, ReadOnlySpan<float> flat)
    {
        int layers = item.Expected.GetProperty(field).EnumerateObject().Count() / 2;
        for (int layer = 0; layer < layers; layer++)
        {
            (ParameterTensor weights, ParameterTensor biases) = Tensors(policy, encoder, head, layer, layers);
            item.Check($"{field}.W{layer}", flat.Slice(weights.Offset, weights.Length));
            item.Check($"{field}.b{layer}", flat.Slice(biases.Offset, biases.Length));
        }
    }

    public static void Load(Policy policy, string encoder, string head, JsonElement network)
    {
        int layers = network.EnumerateObject().Count() / 2;
        for (int layer = 0; layer < layers; layer++)
        {
            (ParameterTensor weights, ParameterTensor biases) = Tensors(policy, encoder, head, layer, layers);
            GoldenCase.Floats(network.GetProperty($"W{layer}")).CopyTo(policy.Parameters[weights.Offset..]);
            GoldenCase.Floats(network.GetProperty($"b{layer}")).CopyTo(policy.Parameters[biases.Offset..]);
        }
    }

    public static PpoBatch Batch(PolicySpec spec, GoldenCase item)
    {
        float[] values = item.Floats("old_value");
        var batch = new PpoBatch(spec, values.Length) { Rows = values.Length };
        item.Floats("obs").CopyTo(batch.Observations, 0);
        if (spec.ActionSpace.ContinuousLength > 0)
        {
            item.Floats("action").CopyTo(batch.Continuous, 0);
        }
        else
        {
            item.Integers("action").CopyTo(batch.Discrete, 0);
        }

        item.Floats("old_logp").CopyTo(batch.LogProbabilities, 0);
        values.CopyTo(batch.Values, 0);
        item.Floats("returns").CopyTo(batch.ValueTargets, 0);
        item.Floats("advantages").CopyTo(batch.Advantages, 0);
        float[] oldOutputs = item.Floats("old_policy_out");
        int n = spec.PolicyOutputLength;
        for (int row = 0; row < batch.Rows; row++)
        {
            Span<float> target = batch.DistributionInputs.AsSpan(row * spec.DistributionInputLength, spec.DistributionInputLength);
            oldOutputs.AsSpan(row * n, n).CopyTo(target);
            if (spec.FreeLogStd && item.Inputs.TryGetProperty("old_log_std", out JsonElement logStd))
            {
                GoldenCase.Floats(logStd).CopyTo(target[n..]);
            }
        }

        return batch;
    }

    private static (ParameterTensor Weights, ParameterTensor Biases) Tensors(Policy policy, string encoder, string head, int layer, int layers)
    {
        string prefix = layer == layers - 1 ? $"{head}.net.mlp.0" : $"{encoder}.net.mlp.{2 * layer}";
        return (policy.Layout[prefix + ".weight"], policy.Layout[prefix + ".bias"]);
    }

    private static float[] LayerSizes(JsonElement network)
    {
        int layers = network.EnumerateObject().Count() / 2;
        JsonElement Shape(int layer) => network.GetProperty($"W{layer}").GetProperty("shape");
        return [Shape(0)[1].GetSingle(), .. Enumerable.Range(0, layers).Select(layer => Shape(layer)[0].GetSingle())];
    }
}
