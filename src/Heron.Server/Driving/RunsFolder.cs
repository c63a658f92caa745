using Heron.Core.Environments;
using Heron.Learning.Checkpoints;
using Heron.Learning.Runs;
using Heron.Server.Hosting;
using Heron.Server.Sessions;
using Microsoft.Extensions.Options;

namespace Heron.Server.Driving;

/// <summary>The training runs that clients of the server may use.</summary>
/// <param name="options">Names the folder.</param>
/// <param name="registry">The catalogue.</param>
internal sealed class RunsFolder(IOptions<HeronServerOptions> options, EnvironmentRegistry registry)
{
    private const int NamedRuns = 20;

    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Value.RunsFolder));

    /// <summary>Loads policies.</summary>
    /// <param name="name">Path of a checkpoint or a run within the folder.</param>
    /// <param name="parameters">Parameters of the environment that shall differ from the training.</param>
    /// <exception cref="InvalidRequestException">The path leads out of the folder, or a parameter is wrong or changes what the policies see.</exception>
    /// <exception cref="CheckpointNotFoundException">There is no such checkpoint.</exception>
    /// <exception cref="CheckpointException">It cannot be used.</exception>
    public TrainedPolicies Load(string name, IReadOnlyDictionary<string, object> parameters)
    {
        string path = Resolve(name);
        if (!Directory.Exists(path))
        {
            throw new CheckpointNotFoundException($"There is no checkpoint '{name}' in the server's folder of runs. Runs: {Runs()}.");
        }

        try
        {
            return LoadFrom(path, parameters);
        }
        catch (CheckpointException exception)
        {
            throw new CheckpointException(WithoutRoot(exception), exception);
        }
    }

    // Where the folder lies is nothing that a client has to know.
    private string WithoutRoot(CheckpointException exception) => exception.Message.Replace(_root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    private TrainedPolicies LoadFrom(string path, IReadOnlyDictionary<string, object> parameters)
    {
        var trained = TrainedPolicies.Load(path, registry);
        if (parameters.Count == 0)
        {
            return trained;
        }

        var all = new Dictionary<string, object>(trained.Configuration.Training.Parameters, StringComparer.Ordinal);
        foreach ((string parameter, object value) in parameters)
        {
            all[parameter] = value;
        }

        // Tells whose mistake a wrong parameter is.
        InvalidRequestException.Unless(() => registry.Get(trained.Configuration.Training.EnvironmentId).Configure(all));
        try
        {
            return TrainedPolicies.Load(path, registry, parameters);
        }
        catch (CheckpointException exception)
        {
            // It could be used with its own parameters.
            throw new InvalidRequestException(WithoutRoot(exception));
        }
    }

    private string Resolve(string name)
    {
        bool isPlain = name.Length > 0 && !name.Contains('\0') && !name.Contains('\\') && !Path.IsPathRooted(name);
        string path = isPlain ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(_root, name))) : "";
        return !path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? throw new InvalidRequestException($"checkpoint is '{name}'; it takes a path within the server's folder of runs, for example five/checkpoint_000050.")
            : HasLink(path)
            ? throw new InvalidRequestException($"checkpoint is '{name}', which leads out of the server's folder of runs by a link; it takes a folder that lies in there.")
            : path;
    }

    private bool HasLink(string path)
    {
        for (DirectoryInfo? folder = new(path); folder is not null && folder.FullName.Length > _root.Length; folder = folder.Parent)
        {
            if (folder.LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }

    private string Runs()
    {
        if (!Directory.Exists(_root))
        {
            return "none";
        }

        string[] names = [.. Directory.EnumerateDirectories(_root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal).Take(NamedRuns)];
        return names.Length == 0 ? "none" : string.Join(", ", names);
    }
}
