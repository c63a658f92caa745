using Heron.Core.Environments;
using Heron.Learning.Training;

namespace Heron.Benchmarks.Learning;

/// <summary>What a policy is asked to learn, and when it has.</summary>
/// <param name="Title">Heading of its table.</param>
/// <param name="EnvironmentId">Name in the catalogue.</param>
/// <param name="Preset">Settings.</param>
/// <param name="Goal">Return to get above, summed over all agents; null when curves are compared and nothing is to be reached.</param>
/// <param name="IsGoalGreedy">Whether the goal is meant for greedy episodes, or for those of the training.</param>
internal sealed record LearningTask(string Title, string EnvironmentId, string Preset, double? Goal, bool IsGoalGreedy)
{
    private const int Episodes = 10;
    private const uint EvaluationSeed = 1_000_000;

    public static IReadOnlyList<LearningTask> All { get; } =
    [
        new("SimpleMicrogrids-v0, tutorial4 (actions clipped)", "SimpleMicrogrids-v0", Presets.Tutorial4, Goal: null, IsGoalGreedy: false),
        new("SimpleMicrogrids-v0, fast (actions rescaled), goal: greedy above -20", "SimpleMicrogrids-v0", Presets.Fast, Goal: -20, IsGoalGreedy: true),
        new("MultiAgentArena-v0, fast, two policies, goal: mean return of an iteration at least 10", "MultiAgentArena-v0", Presets.Fast, Goal: 10, IsGoalGreedy: false),
    ];

    /// <summary>Trains once, to the end.</summary>
    /// <param name="registry">The catalogue.</param>
    /// <param name="seed">Seed of the run.</param>
    public LearningOutcome Train(EnvironmentRegistry registry, uint seed)
    {
        TrainingOptions options = Presets.Get(Preset, EnvironmentId) with { Seed = seed };
        using var trainer = new PpoTrainer(registry, options);
        using var evaluator = new PolicyEvaluator(registry, options, trainer.Policies);
        double Greedy() => evaluator.Play(Episodes, EvaluationSeed, greedy: true).Average(episode => episode.Return);

        var outcome = new LearningOutcome(seed) { UntrainedGreedy = Greedy() };
        for (int iteration = 0; iteration < options.Iterations; iteration++)
        {
            TrainingIteration result = trainer.RunIteration();
            outcome.Add(result);
            double? reached = IsGoalGreedy && Goal is not null && outcome.GoalSeconds is null ? Greedy() : result.EpisodeReturn?.Mean;
            if (reached >= Goal)
            {
                outcome.ReachGoal(result.EnvironmentSteps);
            }
        }

        outcome.TrainedGreedy = Greedy();
        return outcome;
    }
}
