using Heron.Core.Environments;

namespace Heron.Core.Composition;

/// <summary>Parameters of a composed environment.</summary>
internal sealed record CompositionParameters
{
    // Episodes of this length are as good as endless, and the clock can count them.
    private const double NoTimeLimit = 9e9;

    [EnvironmentParameter("The field agents, one object each: agent_id, agent_class, and optionally coordinator, count, schedule, step_period and the arguments of the class.")]
    public IReadOnlyDictionary<string, object>[] Agents { get; set; } = [];

    [EnvironmentParameter("The coordinators, one object each: coordinator_id, and optionally agent_class, coordinator, subordinates, protocol, schedule, step_period and the arguments of the class.")]
    public IReadOnlyDictionary<string, object>[] Coordinators { get; set; } = [];

    [EnvironmentParameter("The system agent: optionally its schedule.")]
    public IReadOnlyDictionary<string, object> System { get; set; } = new Dictionary<string, object>();

    [EnvironmentParameter("The simulation: name, and optionally its arguments.")]
    public IReadOnlyDictionary<string, object> Simulation { get; set; } = new Dictionary<string, object>();

    [EnvironmentParameter("The agents that are shown outside; none for all that act. The others hold their neutral action.")]
    public string[] AgentIds { get; set; } = [];

    [EnvironmentParameter("Length of an episode.", Unit = "steps", Minimum = 1, Maximum = 1_000_000_000)]
    public int MaxSteps { get; set; } = 50;

    [EnvironmentParameter("Simulated time after which every agent's episode ends; the default is no limit.", Unit = "s", Minimum = 1e-9, Maximum = NoTimeLimit)]
    public double MaxSimTime { get; set; } = NoTimeLimit;

    [EnvironmentParameter("Whose end ends the episode: the last agent's (all), or the first one's (any).", Choices = ["all", "any"])]
    public string EndRule { get; set; } = "all";

    /// <summary>Whether values say what the environment is made of. These parameters belong together: one is named, and the defaults of the others are nothing.</summary>
    public static bool NameParts(IReadOnlyDictionary<string, object> values) =>
        values.Keys.Any(name => name is "agents" or "coordinators" or "system" or "simulation");
}
