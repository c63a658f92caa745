namespace Heron.Core.Environments;

/// <summary>An environment id is not in the catalogue.</summary>
/// <param name="id">The id that was asked for.</param>
/// <param name="available">Ids in the catalogue.</param>
public sealed class EnvironmentNotFoundException(string id, IEnumerable<string> available)
    : Exception($"There is no environment '{id}'. Available: {string.Join(", ", available)}.")
{
    /// <summary>The id that was asked for.</summary>
    public string EnvironmentId { get; } = id;
}
