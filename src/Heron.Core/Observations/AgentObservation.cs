namespace Heron.Core.Observations;

/// <summary>What an agent sees by default, by name: for tools, files and tests. On the step path observations are flat.</summary>
/// <param name="TimeSeconds">Simulated time since the reset.</param>
/// <param name="Local">The agent's own features, in declaration order: vectors by feature name.</param>
/// <param name="Global">What it sees of others, in tree order: vectors by agent and feature name. Agents of whom it sees nothing are left out.</param>
public sealed record AgentObservation(
    double TimeSeconds, IReadOnlyDictionary<string, float[]> Local, IReadOnlyDictionary<string, IReadOnlyDictionary<string, float[]>> Global)
{
    /// <summary>The agent's own part as one vector.</summary>
    public float[] LocalVector() => [.. Local.Values.SelectMany(vector => vector)];

    /// <summary>The others' part as one vector.</summary>
    public float[] GlobalVector() => [.. Global.Values.SelectMany(features => features.Values).SelectMany(vector => vector)];

    /// <summary>All of it, in the order of the environment's observation buffer.</summary>
    public float[] ToVector() => [.. LocalVector(), .. GlobalVector()];

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="ArgumentException">It is no observation.</exception>
    public static AgentObservation FromJson(string json) => AgentObservationJson.Read(json);

    /// <summary>A JSON object with time_seconds, local and global; numbers are exact.</summary>
    public string ToJson() => AgentObservationJson.Write(this);
}
