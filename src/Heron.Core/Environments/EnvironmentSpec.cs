using Heron.Core.Spaces;

namespace Heron.Core.Environments;

/// <summary>Everything that is fixed about an environment once its parameters are known; shared by all copies.</summary>
public sealed class EnvironmentSpec
{
    /// <summary>Describes an environment.</summary>
    /// <param name="id">Public name with version, for example <c>SimpleMicrogrids-v0</c>.</param>
    /// <param name="agents">Agents that observe and act, in the order used everywhere.</param>
    /// <exception cref="ArgumentException">No id, no agent, an agent's id used twice, a mask without a discrete head, or labels that are not one per number.</exception>
    public EnvironmentSpec(string id, IReadOnlyList<AgentSpec> agents)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        Id = id;
        Agents = [.. agents];
        ActionSpaces = [.. agents.Select(agent => agent.ActionSpace)];
        Layout = new EnvironmentLayout(id, Agents);
    }

    /// <summary>Public name with version.</summary>
    public string Id { get; }

    /// <summary>Agents that observe and act, in the order of every buffer.</summary>
    public IReadOnlyList<AgentSpec> Agents { get; }

    // Beside each other for what goes through all agents often.
    internal Space[] ActionSpaces { get; }

    /// <summary>Where each agent's numbers stand in the buffers.</summary>
    public EnvironmentLayout Layout { get; }

    /// <summary>The whole agent tree, parents before children; empty for environments without one.</summary>
    public IReadOnlyList<HierarchyNode> Hierarchy { get; init; } = [];

    /// <summary>Steps after which every agent is truncated, at least 1, or null for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int? MaxEpisodeSteps
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"The episode limit of {Id} is {value} steps; it takes at least 1, or null for none.");
    }

    /// <summary>Simulated time of one step in seconds, or null when the environment has no clock.</summary>
    public double? StepSeconds { get; init; }

    /// <summary>Names of the scalar metrics of every step, in buffer order; each once.</summary>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public IReadOnlyList<string> MetricNames
    {
        get;
        init
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            string? repeated = value.FirstOrDefault(name => !names.Add(name));
            field = repeated is null
                ? value
                : throw new ArgumentException($"{Id} has two metrics named '{repeated}'; give each a name of its own.", nameof(value));
        }
    } = [];

    /// <summary>Modes that <see cref="IMultiAgentEnvironment.Render"/> takes, for example <c>ansi</c>; empty when it cannot render.</summary>
    public IReadOnlyList<string> RenderModes { get; init; } = [];

    /// <summary>Resolved parameters by name: bool, int, double, string or double[].</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; init; } = new Dictionary<string, object>();

    /// <summary>Index of an agent.</summary>
    /// <param name="agentId">Its id.</param>
    /// <exception cref="ArgumentException">No such agent; the message names those there are.</exception>
    public int IndexOf(string agentId) => Layout.TryGetIndex(agentId, out int index)
        ? index
        : throw new ArgumentException($"{Id} has no agent '{agentId}'. Its agents are: {string.Join(", ", Agents.Select(agent => agent.Id))}.", nameof(agentId));

    /// <summary>The same environment with other agents, for wrappers that show it differently.</summary>
    internal EnvironmentSpec WithAgents(IReadOnlyList<AgentSpec> agents) => new(Id, agents)
    {
        Hierarchy = Hierarchy,
        MaxEpisodeSteps = MaxEpisodeSteps,
        StepSeconds = StepSeconds,
        MetricNames = MetricNames,
        RenderModes = RenderModes,
        Parameters = Parameters,
    };
}
