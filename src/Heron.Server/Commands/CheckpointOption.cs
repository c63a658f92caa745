using System.CommandLine;

namespace Heron.Server.Commands;

/// <summary>Options that name a checkpoint or a run.</summary>
internal static class CheckpointOption
{
    /// <summary>Declares <c>--checkpoint</c>.</summary>
    /// <param name="description">One sentence.</param>
    public static Option<string?> Create(string description) => new("--checkpoint") { Description = description, HelpName = "DIR" };

    /// <summary>Refuses a folder that is not there.</summary>
    /// <param name="option">The option.</param>
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
