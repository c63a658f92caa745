using System.Globalization;
using Heron.Learning.Rollouts;
using Heron.Learning.Runs;
using Heron.Learning.Training;

namespace Heron.Server.Commands;

/// <summary>What stands above and below the table of a training run, in the form of HERON's example 5.</summary>
internal static class TrainingBanner
{
    /// <summary>Characters in a line across.</summary>
    public const int Width = 80;

    private const int LabelWidth = 20;

    /// <summary>The lines above the table.</summary>
    public static IEnumerable<string> Above(TrainingRun run)
    {
        TrainingOptions options = run.Configuration.Training;
        yield return Across('=');
        yield return $"Training {options.EnvironmentId} with PPO";
        yield return Across('=');
        foreach ((string label, string value) in Facts(run, options))
        {
            yield return (label + ":").PadRight(LabelWidth) + value;
        }

        yield return "";
        yield return $"Configuration saved to {Shorten(run.Folder.ConfigurationPath)}";
        yield return run.Iteration > 0 ? $"Resuming after iteration {run.Iteration}" : "Starting training...";
        yield return Across('-');
    }

    /// <summary>The lines below the table.</summary>
    public static IEnumerable<string> Below(TrainingEnding ending)
    {
        TrainingRun run = ending.Run;
        yield return Across('-');
        yield return ending.IsComplete ? "✓ Training complete!" : $"Interrupted after iteration {run.Iteration} of {run.Configuration.Training.Iterations}; nothing is lost.";
        yield return $"Best reward achieved: {(double.IsNaN(run.BestReturn) ? "none, no episode has ended" : run.BestReturn.ToString("0.00", CultureInfo.InvariantCulture))}";
        yield return $"Final checkpoint: {Shorten(ending.CheckpointPath)}";
        yield return $"Learning curve: {Shorten(run.Folder.CurvePath)}";
        yield return "";
        yield return ending.IsComplete
            ? $"See what it learned: heron evaluate --checkpoint {Quote(Shorten(run.Folder.Path))}"
            : $"Continue: heron train --resume {Quote(Shorten(run.Folder.Path))}";
    }

    /// <summary>A path as a person would type it here.</summary>
    public static string Shorten(string path)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>A path as a shell takes it.</summary>
    private static string Quote(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"'{path}'" : path;

    private static IEnumerable<(string Label, string Value)> Facts(TrainingRun run, TrainingOptions options)
    {
        yield return ("Experiment", run.Folder.Name);
        yield return ("Preset", run.Configuration.Preset);
        yield return ("Policy type", PolicyType(run));
        foreach ((string name, string label) in new[] { ("share_reward", "Shared reward"), ("penalty", "Safety penalty") })
        {
            if (options.Parameters.TryGetValue(name, out object? value))
            {
                yield return (label, ParameterText.Format(value));
            }
        }

        yield return ("Iterations", Number(options.Iterations));
        yield return ("Learning rate", Number(options.Ppo.LearningRate));
        yield return ("Hidden dimension", $"{string.Join(", ", options.Model.HiddenSizes)} ({options.Model.Activation.ToString().ToLowerInvariant()})");
        yield return ("Rollout workers", options.Threads == 0 ? $"{Environment.ProcessorCount}, one per core" : Number(options.Threads));
        yield return ("Copies", $"{Number(options.NumEnvs)} of the environment");
        yield return ("Batch size", $"{Number(options.TrainBatchSize)} steps, {Number(options.Ppo.Epochs)} epochs in minibatches of {Number(options.Ppo.MinibatchSize)}");
        yield return ("Actions", options.ActionMapping.ToString().ToLowerInvariant());
        yield return ("Random seed", Number(options.Seed));
    }

    private static string PolicyType(TrainingRun run)
    {
        IReadOnlyList<string> policies = run.Policies.Mapping.PolicyIds;
        int agents = run.Policies.Spec.Agents.Count;
        string kind = run.Configuration.Training.PolicyMapping switch
        {
            PolicyMappingMode.Independent => "independent (IPPO)",
            PolicyMappingMode.Groups => $"shared in groups ({string.Join(", ", policies)})",
            _ => "shared (MAPPO)",
        };
        string critic = run.Configuration.Training.CentralizedCritic ? ", centralized critic" : "";
        return $"{kind}, {policies.Count} for {agents} {(agents == 1 ? "agent" : "agents")}{critic}";
    }

    private static string Number(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    private static string Across(char character) => new(character, Width);
}
