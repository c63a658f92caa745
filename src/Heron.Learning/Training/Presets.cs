using Heron.Learning.Models;
using Heron.Learning.Ppo;
using Heron.Learning.Rollouts;

namespace Heron.Learning.Training;

/// <summary>Settings that belong together, by name.</summary>
public static class Presets
{
    /// <summary>The default preset: our own best settings for each environment.</summary>
    public const string Fast = "fast";

    /// <summary>Settings of HERON's tutorial 4, as RLlib applies them; actions are clipped, which is what the tutorial's run amounts to.</summary>
    public const string Tutorial4 = "tutorial4";

    /// <summary>Settings of HERON's example 5 (MAPPO training).</summary>
    public const string Example5 = "example5";

    /// <summary>RLlib's defaults (2.60, PPO on the new API stack) for everything.</summary>
    public const string RLlib = "rllib";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Fast, Tutorial4, Example5, RLlib];

    /// <summary>The settings of a preset.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="environmentId">What is to be trained.</param>
    /// <exception cref="ArgumentException">There is no such preset; the message names those there are.</exception>
    public static TrainingOptions Get(string name, string environmentId) => name switch
    {
        Fast => FastPreset.For(environmentId),
        Tutorial4 => MakeTutorial4(environmentId),
        Example5 => MakeExample5(environmentId),
        RLlib => MakeRLlib(environmentId),
        _ => throw new ArgumentException($"There is no preset '{name}'. Presets: {string.Join(", ", Names)}.", nameof(name)),
    };

    private static TrainingOptions MakeRLlib(string environmentId) => new()
    {
        EnvironmentId = environmentId,
        NumEnvs = 2,
        TrainBatchSize = 4000,
        Model = new ModelOptions { HiddenSizes = [256, 256], Activation = Activation.Tanh, Initialization = Initialization.RLlib },
        Ppo = new PpoOptions(),
    };

    private static TrainingOptions MakeTutorial4(string environmentId) => MakeRLlib(environmentId) with
    {
        Iterations = 10,
        NumEnvs = 1,
        TrainBatchSize = 500,
        ActionMapping = ActionMappingMode.Clip,
        Model = new ModelOptions { HiddenSizes = [64, 64], Activation = Activation.Relu, Initialization = Initialization.RLlib },
        Ppo = new PpoOptions { LearningRate = 5e-4f, Lambda = 0.95f, EntropyCoefficient = 0.01f, ClipParam = 0.2f, MinibatchSize = 64, Epochs = 5 },
    };

    private static TrainingOptions MakeExample5(string environmentId) => MakeRLlib(environmentId) with
    {
        Iterations = 3,
        Seed = 42,
        NumEnvs = 4,
        Model = new ModelOptions { HiddenSizes = [256, 256], Activation = Activation.Relu, Initialization = Initialization.RLlib },
        Ppo = new PpoOptions { Lambda = 0.95f, EntropyCoefficient = 0.01f, MinibatchSize = 128, Epochs = 10 },
    };
}
