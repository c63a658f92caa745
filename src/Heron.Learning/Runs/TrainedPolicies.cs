using Heron.Core.Environments;
using Heron.Learning.Checkpoints;
using Heron.Learning.Training;

namespace Heron.Learning.Runs;

/// <summary>The policies of a checkpoint with their environment, ready to be evaluated.</summary>
/// <param name="CheckpointPath">Folder of the checkpoint.</param>
/// <param name="Checkpoint">What was in it.</param>
/// <param name="Configuration">Options of the run.</param>
/// <param name="Environment">The environment as the policies see it.</param>
/// <param name="Policies">The policies.</param>
public sealed record TrainedPolicies(
    string CheckpointPath, Checkpoint Checkpoint, RunConfiguration Configuration, EnvironmentFactory Environment, PolicySet Policies)
{
    /// <summary>Loads policies.</summary>
    /// <param name="path">Folder of a checkpoint, or of a run: then its best checkpoint, or the last one where there is no best.</param>
    /// <param name="registry">The catalogue of environments.</param>
    /// <param name="parameters">Parameters of the environment that shall differ from the training; null for none.</param>
    /// <exception cref="CheckpointException">There is no checkpoint, it is damaged, or this program cannot use it; the message names the file.</exception>
    public static TrainedPolicies Load(string path, EnvironmentRegistry registry, IReadOnlyDictionary<string, object>? parameters = null)
    {
        string folder = FindCheckpoint(path);
        Checkpoint checkpoint = CheckpointFile.Load(folder);
        RunConfiguration configuration = WithParameters(RunConfiguration.Parse(checkpoint.Configuration, folder), parameters ?? new Dictionary<string, object>());
        try
        {
            EnvironmentFactory environment = configuration.Training.CreateEnvironment(registry);
            var policies = new PolicySet(environment.Spec, configuration.Training);
            PolicyTensors.Restore(policies, checkpoint.Tensors);
            return new TrainedPolicies(folder, checkpoint, configuration, environment, policies);
        }
        catch (Exception exception) when (exception is ArgumentException or EnvironmentNotFoundException)
        {
            string other = parameters is { Count: > 0 } ? $"these parameters ({string.Join(", ", parameters.Keys)})" : "this program";
            throw new CheckpointException($"The checkpoint '{folder}' does not fit {other}: {WithoutParameterName(exception)}", exception);
        }
    }

    // The framework appends the name of a C# parameter, which means nothing to a user.
    private static string WithoutParameterName(Exception exception) => exception is ArgumentException { ParamName: { } name }
        ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
        : exception.Message;

    private static RunConfiguration WithParameters(RunConfiguration configuration, IReadOnlyDictionary<string, object> parameters)
    {
        var all = new Dictionary<string, object>(configuration.Training.Parameters, StringComparer.Ordinal);
        foreach ((string name, object value) in parameters)
        {
            all[name] = value;
        }

        return configuration with { Training = configuration.Training with { Parameters = all } };
    }

    private static string FindCheckpoint(string path)
    {
        if (RunFolder.TryOpen(path) is not { } run)
        {
            return path;
        }

        return Directory.Exists(run.BestCheckpointPath)
            ? run.BestCheckpointPath
            : run.CheckpointPaths is [.., { } last] ? last : throw new CheckpointException($"The run '{run.Path}' has no checkpoint yet.");
    }
}
