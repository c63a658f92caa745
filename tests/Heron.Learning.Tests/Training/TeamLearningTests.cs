using Heron.Core.Environments;
using Heron.Learning.Rollouts;
using Heron.Learning.Tests.Shared;
using Heron.Learning.Training;
using Heron.Simulations;

namespace Heron.Learning.Tests.Training;

/// <summary>That teams of HERON agents learn, each on its own and with one policy for all.</summary>
public sealed class TeamLearningTests
{
    // Uniformly random play costs 5 (see DevicePower), an untrained normal distribution that is clipped 15 * 0.516 = 7.7.
    // What is left in the end is exploration.
    [Theory]
    [InlineData(PolicyMappingMode.Shared, false, false)]
    [InlineData(PolicyMappingMode.Shared, true, false)]
    [InlineData(PolicyMappingMode.Independent, false, false)]
    [InlineData(PolicyMappingMode.Independent, true, false)]
    [InlineData(PolicyMappingMode.Shared, false, true)]
    public void RunIteration_TwoDevices_LearnToRest(PolicyMappingMode mapping, bool discrete, bool centralizedCritic)
    {
        TrainingOptions preset = Presets.Get(Presets.Fast, DevicePower.Id);
        TrainingOptions options = preset with
        {
            Iterations = 40,
            Ppo = preset.Ppo with { LearningRate = 3e-3f },
            PolicyMapping = mapping,
            CentralizedCritic = centralizedCritic,
            Parameters = new Dictionary<string, object> { ["discrete"] = discrete },
        };

        double[] returns = Train(new EnvironmentRegistry().Add(DevicePower.Definition), options);

        Assert.InRange(returns[0], -8.5, -3);
        Assert.InRange(returns[^1], -1, 0);
    }

    // Doing nothing costs 333.8 in both rooms together, the best policy about 1.4.
    [Theory]
    [InlineData(PolicyMappingMode.Shared)]
    [InlineData(PolicyMappingMode.Independent)]
    public void RunIteration_TwoThermostats_LearnToHeat(PolicyMappingMode mapping)
    {
        TrainingOptions options = Presets.Get(Presets.Fast, "Thermostat-v0") with { Iterations = 40, PolicyMapping = mapping };

        double[] returns = Train(HeronEnvironments.AddTo(new EnvironmentRegistry()), options);

        Assert.True(returns[^1] > returns[0] + 20);
        Assert.True(returns[^1] > -100);
    }

    private static double[] Train(EnvironmentRegistry registry, TrainingOptions options)
    {
        using var trainer = new PpoTrainer(registry, options);
        return [.. Enumerable.Range(0, options.Iterations).Select(_ => trainer.RunIteration().EpisodeReturn!.Value.Mean)];
    }
}
