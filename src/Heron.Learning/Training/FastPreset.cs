using Heron.Learning.Ppo;
using Heron.Learning.Rollouts;

namespace Heron.Learning.Training;

/// <summary>The settings that learn fastest here, measured over five seeds.</summary>
internal static class FastPreset
{
    private static readonly PpoOptions GeneralPpo = new()
    {
        LearningRate = 1e-3f,
        LearningRateAnnealing = LearningRateAnnealing.Linear,
        Lambda = 0.95f,
        ClipParam = 0.2f,
        ValueClipping = ValueClipping.None,
        VfLossCoefficient = 0.5f,
        KlCoefficient = 0,
        EntropyCoefficient = 0.001f,
        GradientClip = 0.5f,
        Epochs = 5,
        MinibatchSize = 256,
    };

    public static TrainingOptions For(string environmentId) => environmentId switch
    {
        "SimpleMicrogrids-v0" => SimpleMicrogrids(environmentId),
        "MultiAgentArena-v0" => Arena(environmentId),
        _ => General(environmentId),
    };

    private static TrainingOptions General(string environmentId) => new()
    {
        EnvironmentId = environmentId,
        Iterations = 100,
        NumEnvs = 16,
        TrainBatchSize = 2048,

        // Rewards of any size, and standard deviations that do not have to be learned anew for every observation.
        RewardScaling = RewardScaling.ReturnDeviation,
        Model = new ModelOptions { FreeLogStd = true },
        Ppo = GeneralPpo,
    };

    private static TrainingOptions SimpleMicrogrids(string environmentId) => General(environmentId) with
    {
        Iterations = 50,
        PolicyMapping = PolicyMappingMode.Groups,
        PolicyGroups = new Dictionary<string, IReadOnlyList<string>>
        {
            ["batteries"] = ["mg_*_bat"],
            ["generators"] = ["mg_*_gen"],
        },
        Ppo = GeneralPpo with { LearningRate = 2e-3f, Gamma = 0.95f },
    };

    private static TrainingOptions Arena(string environmentId) => General(environmentId) with
    {
        PolicyMapping = PolicyMappingMode.Groups,
        PolicyGroups = new Dictionary<string, IReadOnlyList<string>> { ["policy1"] = ["agent1"], ["policy2"] = ["agent2"] },
    };
}
