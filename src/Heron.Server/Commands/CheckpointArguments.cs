using System.CommandLine;
using Heron.Core.Environments;
using Heron.Learning.Runs;

namespace Heron.Server.Commands;

/// <summary>The part of a command line that names a checkpoint and says how its policies act.</summary>
/// <param name="required">Whether there has to be one.</param>
internal sealed class CheckpointArguments(bool required)
{
    /// <summary>A folder.</summary>
    public Option<string?> Checkpoint { get; } = new("--checkpoint")
    {
        Description = "Folder of a checkpoint, or of a run: its best checkpoint, then. 'heron runs' lists runs.",
        HelpName = "DIR",
        Required = required,
    };

    /// <summary>How its policies act.</summary>
    public Option<bool> Sampled { get; } = new("--sampled")
    {
        Description = "Draw the actions as in training. Without it, policies take the likeliest action.",
    };

    /// <summary>Whether policies take the likeliest action.</summary>
    public bool IsGreedy(ParseResult result) => !result.GetValue(Sampled);

    /// <summary>Loads the policies.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="environment">Parameters that shall differ from the training.</param>
    /// <param name="registry">The catalogue.</param>
    /// <returns>Null when no checkpoint is named.</returns>
    /// <exception cref="CommandFailedException">The folder is not there, a parameter does not fit, or an option lacks its checkpoint; wrong usage.</exception>
    /// <exception cref="Learning.Checkpoints.CheckpointException">The checkpoint cannot be used.</exception>
    public TrainedPolicies? Load(ParseResult result, EnvironmentArguments environment, EnvironmentRegistry registry)
    {
        if (result.GetValue(Checkpoint) is not { } path)
        {
            return !result.GetValue(Sampled) ? null : throw new CommandFailedException("--sampled is about trained policies; name some with --checkpoint DIR.", ExitCodes.WrongUsage);
        }

        RequireFolder(Checkpoint, path);
        var trained = TrainedPolicies.Load(path, registry);
        EnvironmentDefinition definition = registry.Get(trained.Configuration.Training.EnvironmentId);
        if (environment.Values(result, definition) is not { Count: > 0 } changes)
        {
            return trained;
        }

        // Tells about wrong values in the words of the command line.
        environment.Configure(result, definition, trained.Configuration.Training.Parameters);
        return TrainedPolicies.Load(path, registry, changes);
    }

    /// <summary>Refuses a folder that is not there.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">What was typed.</param>
    /// <exception cref="CommandFailedException">There is no such folder; wrong usage.</exception>
    public static void RequireFolder(Option option, string path)
    {
        if (!Directory.Exists(path))
        {
            throw new CommandFailedException(
                $"{option.Name} is '{path}', and there is no such folder; it takes the folder of a run or of a checkpoint. 'heron runs' lists those in ./{TrainCommand.DefaultRunsFolder}.",
                ExitCodes.WrongUsage);
        }
    }
}
