using Heron.Core.Spaces;
using Heron.Learning.Models;

namespace Heron.Learning.Tests.Models;

public sealed class ParameterLayoutTests
{
    [Fact]
    public void Tensors_SeparateNetworks_CarryRllibsNames()
    {
        var layout = new ParameterLayout(new PolicySpec(8, BoxSpace.Unbounded(2)) { HiddenSizes = [64, 32], FreeLogStd = true, CriticObservationLength = 20 });

        Assert.Equal(
            [
                ("encoder.actor_encoder.net.mlp.0.weight", 64 * 8), ("encoder.actor_encoder.net.mlp.0.bias", 64),
                ("encoder.actor_encoder.net.mlp.2.weight", 32 * 64), ("encoder.actor_encoder.net.mlp.2.bias", 32),
                ("encoder.critic_encoder.net.mlp.0.weight", 64 * 20), ("encoder.critic_encoder.net.mlp.0.bias", 64),
                ("encoder.critic_encoder.net.mlp.2.weight", 32 * 64), ("encoder.critic_encoder.net.mlp.2.bias", 32),
                ("pi.net.mlp.0.weight", 2 * 32), ("pi.net.mlp.0.bias", 2),
                ("vf.net.mlp.0.weight", 32), ("vf.net.mlp.0.bias", 1),
                ("pi.log_std", 2),
            ],
            layout.Tensors.Select(tensor => (tensor.Name, tensor.Length)));
        Assert.Equal(layout.Length, layout.Tensors[^1].Offset + layout.Tensors[^1].Length);
    }

    [Fact]
    public void Tensors_SharedLayers_HaveOneEncoder()
    {
        var layout = new ParameterLayout(new PolicySpec(8, new DiscreteSpace(3)) { SharedLayers = true });

        Assert.Equal(4, layout.Tensors.Count(tensor => tensor.Name.StartsWith("encoder.encoder.net.mlp.", StringComparison.Ordinal)));
        Assert.Equal(8, layout.Tensors.Count);
    }

    [Fact]
    public void Constructor_SharedLayersWithCentralizedCritic_Throws()
    {
        var spec = new PolicySpec(8, new DiscreteSpace(3)) { SharedLayers = true, CriticObservationLength = 24 };

        Assert.Throws<ArgumentException>(() => new ParameterLayout(spec));
    }

    [Fact]
    public void Indexer_UnknownName_NamesWhatThereIs()
    {
        var error = Assert.Throws<ArgumentException>(() => new ParameterLayout(new PolicySpec(8, new DiscreteSpace(3)))["pi.log_std"]);

        Assert.Contains("no tensor 'pi.log_std'; it has encoder.actor_encoder", error.Message, StringComparison.Ordinal);
    }
}
