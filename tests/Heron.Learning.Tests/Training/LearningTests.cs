using Heron.Core.Environments;
using Heron.Learning.Ppo;
using Heron.Learning.Tests.Shared;
using Heron.Learning.Training;

namespace Heron.Learning.Tests.Training;

/// <summary>That training learns, and that these tests would notice if it did not: with a gradient of the wrong sign, or with terminated and truncated swapped.</summary>
public sealed class LearningTests
{
    private static readonly TrainingOptions Options = new()
    {
        EnvironmentId = "StayOrLeave-v0",
        Iterations = 30,
        NumEnvs = 8,
        TrainBatchSize = 256,
        Model = new ModelOptions { HiddenSizes = [16] },
        Ppo = new PpoOptions { LearningRate = 0.01f, Gamma = 0.9f, Lambda = 0.95f, ClipParam = 0.2f, KlCoefficient = 0, Epochs = 4, MinibatchSize = 64 },
    };

    // Only the next reward counts, so it is better to leave. Without a critic, which would grow without limit under a wrong sign.
    private static readonly PpoOptions NearSighted = Options.Ppo with { Gamma = 0, VfLossCoefficient = 0 };

    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    [InlineData(3u)]
    public void RunIteration_EndsAsTheyAre_LearnsToStay(uint seed) =>
        Assert.Equal(StayOrLeave.Stay, LearnedAction(Options with { Seed = seed }));

    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    [InlineData(3u)]
    public void RunIteration_TerminatedAndTruncatedSwapped_LearnsToLeave(uint seed) =>
        Assert.Equal(StayOrLeave.Leave, LearnedAction(Options with { Seed = seed }, swapEnds: true));

    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    [InlineData(3u)]
    public void RunIteration_NearSighted_LearnsToLeave(uint seed) =>
        Assert.Equal(StayOrLeave.Leave, LearnedAction(Options with { Seed = seed, Ppo = NearSighted }));

    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    [InlineData(3u)]
    public void RunIteration_NearSightedWithGradientOfTheWrongSign_LearnsToStay(uint seed) =>
        Assert.Equal(StayOrLeave.Stay, LearnedAction(Options with { Seed = seed, Ppo = NearSighted }, gradientSign: -1));

    private static int LearnedAction(TrainingOptions options, bool swapEnds = false, int gradientSign = 1)
    {
        EnvironmentRegistry registry = new EnvironmentRegistry().Add(StayOrLeave.Definition);
        options = options with { Parameters = new Dictionary<string, object> { ["swap_ends"] = swapEnds } };
        using var trainer = new PpoTrainer(registry, options) { GradientSign = gradientSign };
        for (int iteration = 0; iteration < options.Iterations; iteration++)
        {
            trainer.RunIteration();
        }

        int[] action = new int[1];
        trainer.Policies.Policies[0].ActGreedily([1], [], 1, new ActBatch { Discrete = action });
        return action[0];
    }
}
