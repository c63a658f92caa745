namespace Heron.Core.Environments;

/// <summary>What is fixed about a HERON environment apart from its agents.</summary>
public sealed record HeronEnvironmentOptions
{
    /// <summary>Simulated length of one step in seconds, 1e-9 to 9e9; default 1.</summary>
    public double StepSeconds { get; init; } = 1;

    /// <summary>Steps after which every agent's episode ends, at least 1, or null (default) for no limit.</summary>
    public int? MaxEpisodeSteps { get; init; }

    /// <summary>Simulated seconds after which every agent's episode ends, 1e-9 to 9e9, or null (default) for no limit. Event-driven runs know this limit, but not that of steps.</summary>
    public double? MaxEpisodeSeconds { get; init; }

    /// <summary>Whose end ends the episode; default the last agent's.</summary>
    public EpisodeEndRule EndRule { get; init; }

    /// <summary>Earlier states that are kept for <see cref="Agents.AgentView.Ago"/>, one per step, event-driven one per moment at which something changed; default 0.</summary>
    public int HistoryLength { get; init; }

    /// <summary>Whether the limit of steps or time counts as termination instead of truncation; default false.</summary>
    public bool TimeLimitTerminates { get; init; }

    /// <summary>How much of the state agents observe by default; default what the visibility of the features says.</summary>
    public InformationMode InformationMode { get; init; }

    /// <summary>The limit of steps that both limits amount to in step mode.</summary>
    internal int? StepLimit => MaxEpisodeSeconds is double seconds && Math.Ceiling(seconds / StepSeconds) is var steps && steps < (MaxEpisodeSteps ?? int.MaxValue)
        ? (int)steps
        : MaxEpisodeSteps;

    /// <summary>Resolved parameters for <see cref="EnvironmentSpec.Parameters"/>; default none.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; init; } = new Dictionary<string, object>();
}
