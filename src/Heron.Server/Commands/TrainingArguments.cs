using System.CommandLine;
using Heron.Core.Environments;
using Heron.Learning.Rollouts;
using Heron.Learning.Runs;
using Heron.Learning.Training;

namespace Heron.Server.Commands;

/// <summary>The options of heron train: a preset, and what is set differently from it.</summary>
internal sealed class TrainingArguments
{
    private const string DefaultPreset = "fast";
    private const string DefaultEnvironment = "SimpleMicrogrids-v0";
    private const int TestIterations = 3, TestBatchSize = 1000;

    private static readonly Dictionary<string, ActionMappingMode> ActionModes = new(StringComparer.Ordinal)
    {
        ["rescale"] = ActionMappingMode.Rescale,
        ["clip"] = ActionMappingMode.Clip,
        ["off"] = ActionMappingMode.Off,
    };

    private readonly EnvironmentArguments _environment = new();

    private readonly Option<string> _env = new("--env")
    {
        Description = "Environment to train on; 'heron envs' lists them.",
        HelpName = "ENV",
        DefaultValueFactory = _ => DefaultEnvironment,
    };

    private readonly Option<string?> _preset = ChoiceOption.CreateOptional(
        "--preset", $"Settings to start from: our best ones (fast, the default), those of HERON's tutorial 4 or example 5, or RLlib's defaults. Other options override it.", Presets.Names);

    private readonly Option<long?> _iterations = NumberOption.CreateOptional("--iterations", "Iterations of the whole run. Without it, as the preset says.", 1);

    private readonly Option<bool> _test = new("--test")
    {
        Description = $"Short run to see that all works: {TestIterations} iterations of {TestBatchSize} steps on one thread, a checkpoint after each.",
    };

    private readonly Option<double?> _lr = RealOption.CreateOptional("--lr", "Learning rate.", 0, 1);

    private readonly Option<long?> _hiddenDim = NumberOption.CreateOptional("--hidden-dim", "Outputs of each of the two hidden layers.", 1, 4096);

    private readonly Option<long?> _trainBatchSize = NumberOption.CreateOptional(
        "--train-batch-size", "Environment steps per iteration, all copies together; a step counts once, however many agents act in it.", 1);

    private readonly Option<long?> _minibatchSize = NumberOption.CreateOptional("--sgd-minibatch-size", "Agent steps in a gradient step.", 1);

    private readonly Option<long?> _epochs = NumberOption.CreateOptional("--num-sgd-iter", "Passes over the batch in an iteration.", 1, 10_000);

    private readonly Option<double?> _gamma = RealOption.CreateOptional("--gamma", "Discount factor.", 0, 1);

    private readonly Option<double?> _lambda = RealOption.CreateOptional("--lambda", "Decay of generalized advantage estimation.", 0, 1);

    private readonly Option<double?> _penalty = RealOption.CreateOptional("--penalty", "Same as --param penalty=X: weight of safety violations in the reward.", 0, 1e9);

    private readonly Option<bool> _shareReward = new("--share-reward") { Description = "Same as --param share_reward=true: all agents get the same reward." };

    private readonly Option<bool> _noShareReward = new("--no-share-reward") { Description = "Same as --param share_reward=false: each agent gets its own reward." };

    private readonly Option<bool> _independent = new("--independent-policies")
    {
        Description = "A policy for every agent (IPPO). Without it, agents with equal spaces share one (MAPPO).",
    };

    private readonly Option<bool> _centralizedCritic = new("--centralized-critic")
    {
        Description = "Critics see the observations of all agents while training; acting needs only the own one.",
    };

    private readonly Option<string?> _normalizeActions = ChoiceOption.CreateOptional(
        "--normalize-actions", "How policies see Box actions: as [-1, 1], mapped linearly to the box or clipped to it; or as they are. Compare curves only within one of these.", [.. ActionModes.Keys]);

    private readonly Option<long?> _numEnvs = NumberOption.CreateOptional("--num-envs", "Copies of the environment that are stepped together.", 1, 1_000_000);

    private readonly Option<long?> _numWorkers = NumberOption.CreateOptional(
        "--num-workers", "Threads that sample and learn. Without it, one per core. The result does not depend on it.", 1, 1024);

    private readonly Option<long?> _seed = NumberOption.CreateOptional("--seed", "Equal seeds and options give equal results.", 0, uint.MaxValue);

    private readonly Option<long?> _checkpointFreq = NumberOption.CreateOptional("--checkpoint-freq", "Iterations between two checkpoints. The last iteration has one anyway.", 1);

    /// <summary>All of them.</summary>
    public IEnumerable<Option> Options =>
    [
        _env, _environment.Parameters, _preset, _iterations, _test, _lr, _hiddenDim, _trainBatchSize, _minibatchSize, _epochs, _gamma, _lambda, _penalty,
        _shareReward, _noShareReward, _independent, _centralizedCritic, _normalizeActions, _numEnvs, _numWorkers, _seed, _checkpointFreq,
    ];

    /// <summary>The configuration of a new run.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="registry">The catalogue.</param>
    /// <param name="now">When the run starts.</param>
    /// <exception cref="CommandFailedException">An option does not fit; wrong usage.</exception>
    public RunConfiguration Configure(ParseResult result, EnvironmentRegistry registry, DateTimeOffset now)
    {
        string preset = result.GetValue(_preset) ?? DefaultPreset;
        EnvironmentDefinition definition = EnvironmentArguments.Find(registry, result.GetValue(_env)!);
        TrainingOptions options = Presets.Get(preset, definition.Id);
        if (result.GetValue(_test))
        {
            options = options with { Iterations = TestIterations, TrainBatchSize = TestBatchSize, Threads = 1 };
        }

        EnvironmentFactory environment = _environment.Configure(result, definition, ParametersOf(result, options));
        return new RunConfiguration
        {
            StartedAt = now,
            Preset = preset,
            CheckpointInterval = (int)(result.GetValue(_checkpointFreq) ?? (result.GetValue(_test) ? 1 : new RunConfiguration { Training = options }.CheckpointInterval)),
            Training = Override(options, result) with { Parameters = environment.Spec.Parameters },
        };
    }

    /// <summary>The configuration of a run that goes on.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="earlier">What it was.</param>
    /// <exception cref="CommandFailedException">An option that cannot change was given; wrong usage.</exception>
    public RunConfiguration Change(ParseResult result, RunConfiguration earlier)
    {
        Option[] free = [_iterations, _numWorkers, _checkpointFreq];
        if (Options.Except(free).FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } wrong)
        {
            throw new CommandFailedException(
                $"{wrong.Name} cannot change in a run that goes on. With --resume, these may be given: {string.Join(", ", free.Select(option => option.Name))}.", ExitCodes.WrongUsage);
        }

        return earlier with
        {
            CheckpointInterval = (int)(result.GetValue(_checkpointFreq) ?? earlier.CheckpointInterval),
            Training = earlier.Training with
            {
                Iterations = (int)(result.GetValue(_iterations) ?? earlier.Training.Iterations),
                Threads = (int)(result.GetValue(_numWorkers) ?? earlier.Training.Threads),
            },
        };
    }

    private Dictionary<string, object> ParametersOf(ParseResult result, TrainingOptions options)
    {
        var parameters = new Dictionary<string, object>(options.Parameters, StringComparer.Ordinal);
        if (result.GetValue(_penalty) is { } penalty)
        {
            parameters["penalty"] = penalty;
        }

        if (result.GetValue(_shareReward) && result.GetValue(_noShareReward))
        {
            throw new CommandFailedException("--share-reward and --no-share-reward contradict each other; give one of them.", ExitCodes.WrongUsage);
        }

        if (result.GetValue(_shareReward) || result.GetValue(_noShareReward))
        {
            parameters["share_reward"] = result.GetValue(_shareReward);
        }

        return parameters;
    }

    private TrainingOptions Override(TrainingOptions options, ParseResult result) => options with
    {
        Iterations = (int)(result.GetValue(_iterations) ?? options.Iterations),
        Seed = (uint)(result.GetValue(_seed) ?? options.Seed),
        NumEnvs = (int)(result.GetValue(_numEnvs) ?? options.NumEnvs),
        TrainBatchSize = (int)(result.GetValue(_trainBatchSize) ?? options.TrainBatchSize),
        Threads = (int)(result.GetValue(_numWorkers) ?? options.Threads),
        PolicyMapping = result.GetValue(_independent) ? PolicyMappingMode.Independent : options.PolicyMapping,
        ActionMapping = result.GetValue(_normalizeActions) is { } mode ? ActionModes[mode] : options.ActionMapping,
        CentralizedCritic = result.GetValue(_centralizedCritic) || options.CentralizedCritic,
        Model = result.GetValue(_hiddenDim) is { } size ? options.Model with { HiddenSizes = [(int)size, (int)size] } : options.Model,
        Ppo = options.Ppo with
        {
            LearningRate = (float)(result.GetValue(_lr) ?? options.Ppo.LearningRate),
            Gamma = (float)(result.GetValue(_gamma) ?? options.Ppo.Gamma),
            Lambda = (float)(result.GetValue(_lambda) ?? options.Ppo.Lambda),
            MinibatchSize = (int)(result.GetValue(_minibatchSize) ?? options.Ppo.MinibatchSize),
            Epochs = (int)(result.GetValue(_epochs) ?? options.Ppo.Epochs),
        },
    };
}
