using Heron.Core.Environments;
using Heron.Learning.Models;
using Heron.Learning.Ppo;
using Heron.Learning.Rollouts;
using Heron.Learning.Training;
using Heron.Simulations;
using Heron.TestEnvironments.Probe;

namespace Heron.Learning.Tests.Training;

public sealed class PresetsTests
{
    private static readonly EnvironmentRegistry Registry = HeronEnvironments.AddTo(new EnvironmentRegistry().Add(ProbeEnvironment.Definition));

    public static TheoryData<string, string> All =>
        new(from preset in Presets.Names
            from environment in Registry.Definitions
            select (preset, environment.Id));

    [Theory]
    [MemberData(nameof(All))]
    public void Get_EveryPresetAndEnvironment_Trains(string preset, string environmentId)
    {
        TrainingOptions options = Presets.Get(preset, environmentId);
        using var trainer = new PpoTrainer(Registry, options with { TrainBatchSize = 64, Ppo = options.Ppo with { Epochs = 1 } });

        TrainingIteration iteration = trainer.RunIteration();

        Assert.All(iteration.Learning.Values, learning => Assert.True(double.IsFinite(learning.Loss)));
    }

    [Fact]
    public void Get_Tutorial4_IsTheTutorialAsRLlibAppliesIt()
    {
        TrainingOptions options = Presets.Get(Presets.Tutorial4, "SimpleMicrogrids-v0");

        Assert.Equal((10, 500, 1, ActionMappingMode.Clip, PolicyMappingMode.Shared), (options.Iterations, options.TrainBatchSize, options.NumEnvs, options.ActionMapping, options.PolicyMapping));
        Assert.Equal([64, 64], options.Model.HiddenSizes);
        Assert.Equal((Activation.Relu, false, false, Initialization.RLlib), (options.Model.Activation, options.Model.SharedLayers, options.Model.FreeLogStd, options.Model.Initialization));
        Assert.Equal((5e-4f, 0.99f, 0.95f, 0.01f, 0.2f), (options.Ppo.LearningRate, options.Ppo.Gamma, options.Ppo.Lambda, options.Ppo.EntropyCoefficient, options.Ppo.ClipParam));
        Assert.Equal((64, 5, 0.2f, 0.01f), (options.Ppo.MinibatchSize, options.Ppo.Epochs, options.Ppo.KlCoefficient, options.Ppo.KlTarget));
        Assert.Equal((ValueClipping.ClampSquaredError, 10f, 1f), (options.Ppo.ValueClipping, options.Ppo.VfClipParam, options.Ppo.VfLossCoefficient));
        Assert.Equal((null, 1e-8f, AdvantageNormalization.Batch), (options.Ppo.GradientClip, options.Ppo.AdamEpsilon, options.Ppo.NormalizeAdvantages));
    }

    [Fact]
    public void Get_RLlib_HasItsDefaults()
    {
        TrainingOptions options = Presets.Get(Presets.RLlib, "Probe-v0");

        Assert.Equal((4000, 2), (options.TrainBatchSize, options.NumEnvs));
        Assert.Equal([256, 256], options.Model.HiddenSizes);
        Assert.Equal((5e-5f, 1f, 0.3f, 0f, 128, 30), (options.Ppo.LearningRate, options.Ppo.Lambda, options.Ppo.ClipParam, options.Ppo.EntropyCoefficient, options.Ppo.MinibatchSize, options.Ppo.Epochs));
    }

    [Fact]
    public void Get_UnknownName_NamesThoseThereAre()
    {
        var exception = Assert.Throws<ArgumentException>(() => Presets.Get("quick", "Probe-v0"));

        Assert.StartsWith("There is no preset 'quick'. Presets: fast, tutorial4, example5, rllib.", exception.Message, StringComparison.Ordinal);
    }
}
