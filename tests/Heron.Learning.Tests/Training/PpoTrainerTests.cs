using Heron.Core.Environments;
using Heron.Learning.Ppo;
using Heron.Learning.Rollouts;
using Heron.Learning.Training;
using Heron.Simulations;
using Heron.TestEnvironments.Probe;

namespace Heron.Learning.Tests.Training;

public sealed class PpoTrainerTests
{
    private static readonly EnvironmentRegistry Registry = HeronEnvironments.AddTo(new EnvironmentRegistry().Add(ProbeEnvironment.Definition));

    private static readonly TrainingOptions Probe = new()
    {
        EnvironmentId = "Probe-v0",
        Iterations = 6,
        Seed = 7,
        NumEnvs = 3,
        TrainBatchSize = 50,
        RewardScaling = RewardScaling.ReturnDeviation,
        Model = new ModelOptions { HiddenSizes = [16, 16] },
        Ppo = new PpoOptions { LearningRate = 1e-3f, LearningRateAnnealing = LearningRateAnnealing.Linear, Epochs = 2, MinibatchSize = 32 },
    };

    public static TheoryData<PolicyMappingMode, ActionMappingMode, bool> Ways =>
        new(from policies in new[] { PolicyMappingMode.Shared, PolicyMappingMode.Independent }
            from actions in Enum.GetValues<ActionMappingMode>()
            from centralized in new[] { false, true }
            select (policies, actions, centralized));

    [Theory]
    [MemberData(nameof(Ways))]
    public void RunIteration_IrregularAgentsOfAllKinds_ReportsFiniteNumbers(PolicyMappingMode policies, ActionMappingMode actions, bool centralized)
    {
        using var trainer = new PpoTrainer(Registry, Probe with { PolicyMapping = policies, ActionMapping = actions, CentralizedCritic = centralized });

        TrainingIteration[] iterations = [.. Enumerable.Range(0, 4).Select(_ => trainer.RunIteration())];

        Assert.All(iterations, iteration => Assert.Equal(trainer.Policies.Mapping.PolicyIds, iteration.Learning.Keys));
        Assert.All(iterations.SelectMany(iteration => iteration.Learning.Values), learning => Assert.True(double.IsFinite(learning.Loss) && learning.SkippedSteps == 0));
        Assert.All(trainer.Policies.Policies, policy => Assert.True(Array.TrueForAll(policy.Parameters.ToArray(), float.IsFinite)));
    }

    [Fact]
    public void RunIteration_WithFinishedEpisodes_AddsReturnsUp()
    {
        using var trainer = new PpoTrainer(Registry, Probe with { TrainBatchSize = 150 });

        trainer.RunIteration();
        TrainingIteration second = trainer.RunIteration();

        Assert.Equal((2, 300L, 150), (second.Iteration, second.EnvironmentSteps, second.SampledEnvironmentSteps));
        Assert.Equal(6, second.FinishedEpisodes);
        Assert.Equal(12, second.Episodes);
        Assert.Equal(new MeanRange(25, 25, 25), second.EpisodeLength);
        Assert.Equal(second.EpisodeReturn!.Value.Mean, second.AgentReturns.Values.Sum(), 1e-9);
        Assert.Equal(second.EpisodeReturn!.Value.Mean, second.PolicyReturns.Values.Sum(), 1e-9);
        Assert.InRange(second.EpisodeReturn!.Value.Mean, second.EpisodeReturn!.Value.Minimum, second.EpisodeReturn!.Value.Maximum);
        Assert.Equal(Probe.Ppo.LearningRate * 5 / 6, second.LearningRate, 1e-9f);
        Assert.Equal(["step", "mean_position", "forbidden_actions"], second.Metrics.Keys);
        Assert.Equal(0, second.Metrics["forbidden_actions"]);
    }

    [Fact]
    public void RunIteration_WithoutFinishedEpisode_HasNoReturns()
    {
        using var trainer = new PpoTrainer(Registry, Probe with { TrainBatchSize = 6 });

        TrainingIteration iteration = trainer.RunIteration();

        Assert.Null(iteration.EpisodeReturn);
        Assert.Null(iteration.EpisodeLength);
        Assert.Empty(iteration.AgentReturns);
    }

    [Theory]
    [InlineData("Probe-v0", 0)]
    [InlineData("Probe-v0", 1)]
    [InlineData("Probe-v0", 4)]
    [InlineData("MultiAgentArena-v0", 3)]
    public void LoadState_InAnotherTrainer_ContinuesBitForBit(string environmentId, int savedAfter)
    {
        TrainingOptions options = Probe with { EnvironmentId = environmentId };
        using var whole = new PpoTrainer(Registry, options);
        using var first = new PpoTrainer(Registry, options);
        using var second = new PpoTrainer(Registry, options);
        Run(whole, 6);
        Run(first, savedAfter);

        second.LoadState(first.SaveState());
        Run(second, 6 - savedAfter);

        Assert.Equal(whole.Progress, second.Progress);
        Assert.Equal(whole.SaveState(), second.SaveState());
    }

    [Fact]
    public void SaveState_BetweenIterations_ChangesNothing()
    {
        using var saved = new PpoTrainer(Registry, Probe);
        using var plain = new PpoTrainer(Registry, Probe);

        Run(saved, 2);
        saved.SaveState();
        Run(saved, 1);
        Run(plain, 3);

        Assert.Equal(plain.SaveState(), saved.SaveState());
    }

    [Theory]
    [InlineData("Probe-v0")]
    [InlineData("SimpleMicrogrids-v0")]
    public void RunIteration_OnSeveralThreads_GivesTheSameBits(string environmentId)
    {
        TrainingOptions options = Probe with { EnvironmentId = environmentId, PolicyMapping = PolicyMappingMode.Independent };
        using var one = new PpoTrainer(Registry, options with { Threads = 1 });
        using var three = new PpoTrainer(Registry, options with { Threads = 3 });

        Run(one, 3);
        Run(three, 3);

        Assert.Equal(one.SaveState(), three.SaveState());
    }

    [Fact]
    public void RunIteration_OtherSeed_GivesOtherWeights()
    {
        using var one = new PpoTrainer(Registry, Probe);
        using var other = new PpoTrainer(Registry, Probe with { Seed = 8 });

        Assert.NotEqual(one.Policies.Policies[0].Parameters.ToArray(), other.Policies.Policies[0].Parameters.ToArray());
    }

    [Fact]
    public void LoadState_OfAnotherShape_SaysWhatDiffersAndChangesNothing()
    {
        using var trainer = new PpoTrainer(Registry, Probe);
        using var other = new PpoTrainer(Registry, Probe with { Model = new ModelOptions { HiddenSizes = [8] } });
        using var copies = new PpoTrainer(Registry, Probe with { NumEnvs = 2 });
        byte[] before = trainer.SaveState();

        var networks = Assert.Throws<ArgumentException>(() => trainer.LoadState(other.SaveState()));
        var counts = Assert.Throws<ArgumentException>(() => trainer.LoadState(copies.SaveState()));

        Assert.Contains("to 16-16 to", networks.Message, StringComparison.Ordinal);
        Assert.Contains("its number of copies is 2, here it is 3", counts.Message, StringComparison.Ordinal);
        Assert.Equal(before, trainer.SaveState());
    }

    [Fact]
    public void LoadState_DamagedBytes_Throws()
    {
        using var trainer = new PpoTrainer(Registry, Probe);
        byte[] state = trainer.SaveState();
        state[^5] ^= 1;

        var damaged = Assert.Throws<ArgumentException>(() => trainer.LoadState(state));
        var foreign = Assert.Throws<ArgumentException>(() => trainer.LoadState(new byte[100]));

        Assert.Contains("damaged", damaged.Message, StringComparison.Ordinal);
        Assert.Contains("no saved training state", foreign.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_NumberOutOfRange_NamesIt()
    {
        var exception = Assert.Throws<ArgumentException>(() => new PpoTrainer(Registry, Probe with { NumEnvs = 0 }));

        Assert.Equal("NumEnvs is 0; it must be at least 1.", exception.Message);
    }

    private static void Run(PpoTrainer trainer, int iterations)
    {
        for (int i = 0; i < iterations; i++)
        {
            trainer.RunIteration();
        }
    }
}
