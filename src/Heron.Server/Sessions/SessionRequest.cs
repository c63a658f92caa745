using System.Globalization;
using Heron.Core.Environments;

namespace Heron.Server.Sessions;

/// <summary>What a client wants of a new session.</summary>
/// <param name="EnvironmentId">Public name with version.</param>
public sealed record SessionRequest(string EnvironmentId)
{
    /// <summary>Parameters by name: bool, double, string, lists and objects of these; those left out keep their defaults.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; init; } = new Dictionary<string, object>();

    /// <summary>Copies of the environment, at least 1.</summary>
    public uint Copies { get; init; } = 1;

    /// <summary>What happens to a copy whose episode is over.</summary>
    public AutoresetMode AutoresetMode { get; init; } = AutoresetMode.Disabled;

    /// <summary>Agents to observe and act for; empty means all.</summary>
    public IReadOnlyList<string> Agents { get; init; } = [];

    /// <summary>Whether observations of discrete spaces become one-hot vectors.</summary>
    public bool OneHotObservations { get; init; }

    /// <summary>Seconds without a sign of the client after which the session is closed; null means the server's default.</summary>
    public float? LeaseSeconds { get; init; }

    /// <summary>Chosen by the client so that a retry finds the session of the first try; empty for none.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>A hash of everything but the request id.</summary>
    internal ulong ContentHash()
    {
        var hash = default(ContentHash);
        hash.Add(EnvironmentId);
        foreach ((string name, object value) in Parameters.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            hash.Add(name);
            hash.Add(ParameterValue.ToJson(value));
        }

        hash.Add(string.Join('\n', Agents));
        hash.Add($"{Copies} {AutoresetMode} {OneHotObservations} {LeaseSeconds?.ToString("R", CultureInfo.InvariantCulture)}");
        return hash.Value;
    }
}
