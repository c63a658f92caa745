using Heron.Core.Agents;
using Heron.Core.Policies;
using Heron.Core.Protocols;
using Heron.Core.Scheduling;

namespace Heron.Core.Environments;

/// <summary>Puts agents, simulation and score together to an environment on the flat-buffer contract.</summary>
/// <param name="environmentId">Public name with version, for example <c>SimpleMicrogrids-v0</c>.</param>
/// <param name="options">Step length, step limit and parameters.</param>
public sealed partial class HeronEnvironmentBuilder(string environmentId, HeronEnvironmentOptions? options = null)
{
    // The clock counts nanoseconds in 64 bits.
    private const double LongestEpisodeSeconds = 9e9;

    private HeronEnvironmentOptions _options = options ?? new HeronEnvironmentOptions();
    private readonly List<(Agent Agent, string? ParentId)> _members = [];
    private readonly List<(string Owner, Protocol Protocol, string[] Members)> _protocols = [];
    private readonly List<(string Pattern, Policy Policy)> _policies = [];
    private readonly List<(string Pattern, Policy Policy)> _rules = [];
    private readonly List<string> _asked = [];
    private readonly List<(string Pattern, string[] Features)> _sights = [];
    private readonly List<(string Pattern, Func<ScheduleConfig, ScheduleConfig> Change)> _schedules = [];
    private readonly List<(string Pattern, int StepPeriod)> _stepPeriods = [];
    private readonly List<ConditionMonitor> _conditions = [];
    private Func<ISimulationBridge>? _bridge;
    private readonly List<EnvironmentScore> _scores = [];
    private DisturbanceSchedule _disturbances = DisturbanceSchedule.None;
    private AgentNames? _names;

    // Agents are only ever added, so the count tells whether there are more by now.
    private AgentNames Names => _names?.Count == _members.Count ? _names : _names = new AgentNames(environmentId, [.. _members.Select(member => member.Agent)]);

    /// <summary>Adds an agent. Siblings keep the order in which they were added, in the tree and in every buffer.</summary>
    /// <param name="agent">Not part of another environment.</param>
    /// <param name="parentId">The agent above it, added before or later; null for the system agent only.</param>
    /// <returns>This builder, for chaining.</returns>
    public HeronEnvironmentBuilder Add(Agent agent, string? parentId = null)
    {
        _members.Add((agent, parentId));
        return this;
    }

    /// <summary>Adds several agents below one.</summary>
    /// <param name="agents">In their order; none part of another environment.</param>
    /// <param name="parentId">The agent above them, added before or later.</param>
    /// <returns>This builder, for chaining.</returns>
    public HeronEnvironmentBuilder Add(IEnumerable<Agent> agents, string? parentId = null)
    {
        foreach (Agent agent in agents)
        {
            Add(agent, parentId);
        }

        return this;
    }

    /// <summary>Adds alike agents: <c>prefix_0</c>, <c>prefix_1</c> and so on, or just <c>prefix</c> when there is one.</summary>
    /// <param name="prefix">What their ids begin with.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="create">Makes one from its id.</param>
    /// <param name="parentId">The agent above them, added before or later.</param>
    /// <returns>This builder, for chaining.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public HeronEnvironmentBuilder AddMany(string prefix, int count, Func<string, Agent> create, string? parentId = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        for (int i = 0; i < count; i++)
        {
            Add(create(count == 1 ? prefix : $"{prefix}_{i}"), parentId);
        }

        return this;
    }

    /// <summary>Puts agents that were added without a parent below another one.</summary>
    /// <param name="parentId">The agent above, added before.</param>
    /// <param name="patterns">Ids, or patterns with <c>*</c> and <c>?</c>, of agents added before. A pattern passes over agents that have a parent already, the one above and the system agent.</param>
    /// <returns>This builder, for chaining.</returns>
    /// <exception cref="ArgumentException">A pattern names nobody, or an agent named by its id has a parent already.</exception>
    public HeronEnvironmentBuilder Place(string parentId, params string[] patterns)
    {
        foreach (string pattern in patterns)
        {
            foreach (int i in Names.Match(pattern))
            {
                (Agent agent, string? parent) = _members[i];
                if (agent.Id == parentId || agent is SystemAgent)
                {
                    continue;
                }

                if (parent is not null && agent.Id == pattern)
                {
                    throw new ArgumentException($"Agent '{agent.Id}' of {environmentId} stands below '{parent}' already; it cannot be placed below '{parentId}' too.", nameof(patterns));
                }

                _members[i] = (agent, parent ?? parentId);
            }
        }

        return this;
    }

    /// <summary>Limits what agents see of others in their default observation, whatever the visibility of the features allows; it grants nothing. Their own features stay.</summary>
    /// <param name="pattern">The agents that see: an id, or a pattern with <c>*</c> and <c>?</c>.</param>
    /// <param name="features">What they may see: <c>owner.feature</c> in snake_case with the same wildcards, for example <c>*.microgrid_load</c>; none for nothing of others.</param>
    /// <returns>This builder, for chaining.</returns>
    public HeronEnvironmentBuilder LimitSight(string pattern, params string[] features)
    {
        _sights.Add((pattern, features));
        return this;
    }

    /// <summary>Changes when agents wake up event-driven and how late everything is, whatever they declare themselves.</summary>
    /// <param name="pattern">An id, or a pattern with <c>*</c> and <c>?</c>.</param>
    /// <param name="change">Makes the new schedule from the one that the agent has. The interval of a system agent is that of the physics: one step, unless it declares another.</param>
    /// <returns>This builder, for chaining.</returns>
    public HeronEnvironmentBuilder Schedule(string pattern, Func<ScheduleConfig, ScheduleConfig> change)
    {
        _schedules.Add((pattern, change));
        return this;
    }

    /// <summary>Changes in which steps of step mode agents act, whatever they declare themselves.</summary>
    /// <param name="pattern">An id, or a pattern with <c>*</c> and <c>?</c>.</param>
    /// <param name="stepPeriod">They act in every n-th step, at least 1.</param>
    /// <returns>This builder, for chaining.</returns>
    public HeronEnvironmentBuilder ActEvery(string pattern, int stepPeriod)
    {
        _stepPeriods.Add((pattern, stepPeriod));
        return this;
    }

    /// <summary>Lets a protocol coordinate agents. The protocols of one agent run in the order in which they were added.</summary>
    /// <param name="ownerId">The agent that coordinates.</param>
    /// <param name="protocol">Not in use by another agent.</param>
    /// <param name="members">Whom it coordinates: ids, or patterns with <c>*</c> and <c>?</c>; default the agents directly below the owner.</param>
    /// <returns>This builder, for chaining.</returns>
    public HeronEnvironmentBuilder Coordinate(string ownerId, Protocol protocol, params string[] members)
    {
        _protocols.Add((ownerId, protocol, members));
        return this;
    }

    /// <summary>Lets agents decide inside the environment, so that nobody outside is asked for their actions. Of several calls that name an agent the last one counts.</summary>
    /// <param name="pattern">An id, or a pattern with <c>*</c> and <c>?</c>.</param>
    /// <param name="policy">Chooses the actions; may serve many agents.</param>
    /// <returns>This builder, for chaining.</returns>
    public HeronEnvironmentBuilder DecideBy(string pattern, Policy policy)
    {
        _policies.Add((pattern, policy));
        return this;
    }

    /// <summary>Adds a written rule that plays some of the environment's agents: something to compare learned policies with. It decides only where somebody puts it to use, see <see cref="EnvironmentFactory.Rules"/>.</summary>
    /// <param name="pattern">An id, or a pattern with <c>*</c> and <c>?</c>. The first that fits an agent counts.</param>
    /// <param name="policy">Chooses the actions; may serve many agents.</param>
    /// <returns>This builder, for chaining.</returns>
    public HeronEnvironmentBuilder AddRule(string pattern, Policy policy)
    {
        _rules.Add((pattern, policy));
        return this;
    }

    /// <summary>Asks for the actions of agents through the environment contract, although a protocol or a policy could choose them: what is given outside comes first.</summary>
    /// <param name="patterns">Ids, or patterns with <c>*</c> and <c>?</c>.</param>
    /// <returns>This builder, for chaining.</returns>
    public HeronEnvironmentBuilder Ask(params string[] patterns)
    {
        _asked.AddRange(patterns);
        return this;
    }

    /// <summary>Sets the simulation that runs once per step; default none. The last one set counts, in whichever form.</summary>
    /// <param name="createBridge">Makes the bridge of one copy; handles to features may be shared.</param>
    /// <returns>This builder, for chaining.</returns>
    public HeronEnvironmentBuilder SimulateWith(Func<ISimulationBridge> createBridge)
    {
        _bridge = createBridge;
        return this;
    }

    /// <summary>Sets a simulation that is one function, instead of a bridge; it allocates nothing by itself.</summary>
    /// <param name="step">Advances the features by one step. Serves all copies, so it keeps nothing.</param>
    /// <returns>This builder, for chaining.</returns>
    public HeronEnvironmentBuilder SimulateWith(SimulationStep step) => SimulateWith(() => new StepFunctionBridge(step));

    /// <summary>Sets a simulation that is one function from states by name to states by name, instead of a bridge. It allocates in every step.</summary>
    /// <param name="function">Serves all copies, so it keeps nothing. A state that does not fit ends the step with an <see cref="ArgumentException"/> that names agent and feature.</param>
    /// <returns>This builder, for chaining.</returns>
    public HeronEnvironmentBuilder SimulateWith(StateFunction function) => SimulateWith(() => new StateFunctionBridge(environmentId, function));

    /// <summary>Adds a score of the environment; default each agent's own reward and no metrics. Several run in the order in which they were added, each on the rewards that the one before left.</summary>
    /// <param name="score">Shared by all copies of this environment.</param>
    /// <returns>This builder, for chaining.</returns>
    public HeronEnvironmentBuilder ScoreWith(EnvironmentScore score)
    {
        _scores.Add(score);
        return this;
    }

    /// <summary>Adds a monitor that wakes an agent in event-driven mode.</summary>
    /// <param name="monitor">Its id is unique within the environment.</param>
    /// <returns>This builder, for chaining.</returns>
    public HeronEnvironmentBuilder WakeOn(ConditionMonitor monitor)
    {
        _conditions.Add(monitor);
        return this;
    }

    /// <summary>Sets the disturbances of every event-driven episode; default none. The last call counts.</summary>
    /// <param name="disturbances">The system agent overrides <see cref="SystemAgent.ApplyDisturbance"/> for them.</param>
    /// <returns>This builder, for chaining.</returns>
    public HeronEnvironmentBuilder DisturbWith(DisturbanceSchedule disturbances)
    {
        _disturbances = disturbances;
        return this;
    }

    /// <summary>As <see cref="Build()"/>, for an environment of the catalogue, whose parameters stand in its specification.</summary>
    internal EnvironmentFactory Build(IReadOnlyDictionary<string, object> parameters)
    {
        _options = _options with { Parameters = parameters };
        return Build();
    }
}
