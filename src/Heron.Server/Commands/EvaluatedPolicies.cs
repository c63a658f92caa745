using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Learning.Runs;
using Heron.Learning.Training;

namespace Heron.Server.Commands;

/// <summary>Policies that are evaluated, with the environment as they see it.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Source">Lets the policies act.</param>
/// <param name="Manner">How they act, in a word.</param>
/// <param name="Trained">The checkpoint that they come from; null when they come from none.</param>
internal sealed record EvaluatedPolicies(EnvironmentFactory Environment, IActionSource Source, string Manner, TrainedPolicies? Trained)
{
    /// <summary>Policies of a checkpoint.</summary>
    /// <param name="trained">The checkpoint.</param>
    /// <param name="greedy">Whether they take the likeliest action instead of drawing one.</param>
    public static EvaluatedPolicies Of(TrainedPolicies trained, bool greedy) =>
        new(trained.Environment, new PolicySource(trained.Policies, greedy), greedy ? "greedy" : "sampled", trained);

    /// <summary>What they are called in the first line of a report.</summary>
    public string Name => Trained is not null ? "trained policy" : Manner == "rules" ? "rules" : $"{Manner} actions";

    /// <summary>Environment, origin and manner in a line.</summary>
    public string Description => Trained is null
        ? $"{Environment.Spec.Id}, {Manner}"
        : $"{Environment.Spec.Id}, {TrainingBanner.Shorten(Path.GetFullPath(Trained.CheckpointPath))} of iteration {Trained.Checkpoint.Iteration}, {Manner}";
}
