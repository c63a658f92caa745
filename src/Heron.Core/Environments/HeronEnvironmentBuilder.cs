using System.Globalization;
using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Observations;
using Heron.Core.Policies;
using Heron.Core.Protocols;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.Core.Environments;

/// <summary>Puts agents, simulation and score together to an environment on the flat-buffer contract.</summary>
/// <param name="environmentId">Public name with version, for example <c>SimpleMicrogrids-v0</c>.</param>
/// <param name="options">Step length, step limit and parameters.</param>
public sealed class HeronEnvironmentBuilder(string environmentId, HeronEnvironmentOptions? options = null)
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
    /// <param name="change">Makes the new schedule from the one that the agent has.</param>
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

    /// <summary>Lets agents decide inside the environment, so that nobody outside is asked for their actions.</summary>
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

    /// <summary>Sets the simulation that runs once per step; default none.</summary>
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

    /// <summary>Sets the disturbances of every event-driven episode; default none.</summary>
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

    /// <summary>Validates and freezes everything.</summary>
    /// <returns>Makes copies that share the tree and own their state. The agents cannot be used in a second environment.</returns>
    /// <exception cref="ArgumentException">The agents are no tree under one system agent, or a declaration does not fit; the message names the agent and says how to mend it.</exception>
    /// <exception cref="InvalidOperationException">An agent is already part of an environment.</exception>
    public EnvironmentFactory Build()
    {
        CheckOptions();
        AttachToAgents();
        AgentTree tree = AgentTree.Build(environmentId, _members);
        CheckStepPeriods(tree);
        CheckSights(tree);
        var layout = new StateLayout(tree);
        EnvironmentScore? score = _scores.Count > 1 ? new CompositeScore(_scores) : _scores.FirstOrDefault();
        score?.Connect(new ScoreSetup(tree.Acting));
        var spec = new EnvironmentSpec(environmentId, [.. tree.Acting.Select(agent => Describe(agent, tree))])
        {
            Hierarchy = [.. tree.Agents.Select(agent => new HierarchyNode(agent.Id, agent.Level, agent.Parent?.Id))],
            MaxEpisodeSteps = _options.StepLimit,
            StepSeconds = _options.StepSeconds,
            MetricNames = [.. score?.MetricNames ?? [], .. tree.Agents.SelectMany(agent => agent.MetricNames.Select(name => $"{agent.Id}/{name}"))],
            RenderModes = ["ansi"],
            Parameters = _options.Parameters,
        };
        var pipeline = new StepPipeline(tree, layout, spec.Layout, _options, score);
        Func<ISimulationBridge>? createBridge = _bridge;
        Lazy<EventPlan> plan = PlanEvents(spec, layout, pipeline);
        return new EnvironmentFactory(
            spec,
            () => new HeronEnvironment(spec, layout, pipeline, createBridge?.Invoke()),
            (source, options) => new EventScheduler(plan.Value, createBridge?.Invoke(), source, options))
        {
            Rules = [.. _rules],
        };
    }

    // Most environments are stepped only, so the plan waits until somebody asks for it; mistakes are told at once.
    private Lazy<EventPlan> PlanEvents(EnvironmentSpec spec, StateLayout layout, StepPipeline pipeline)
    {
        EpisodeLimits limits = EpisodeLimits.From(_options);
        ConditionMonitor[] conditions = [.. _conditions];
        DisturbanceSchedule disturbances = _disturbances;
        DisturbanceFeed.Check(environmentId, layout.Tree.Root, disturbances);
        foreach (ConditionMonitor monitor in conditions)
        {
            monitor.CheckAgainst(layout.Tree);
        }

        return new Lazy<EventPlan>(() => new EventPlan(spec, layout, pipeline, limits) { Conditions = conditions, Disturbances = disturbances });
    }

    private void CheckOptions()
    {
        if (!(_options.StepSeconds is >= 1e-9 and <= LongestEpisodeSeconds))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A step of {environmentId} takes {_options.StepSeconds} s; it takes 1e-9 to {LongestEpisodeSeconds} s."));
        }

        if (_options.MaxEpisodeSteps is < 1)
        {
            throw new ArgumentException($"{environmentId} ends after {_options.MaxEpisodeSteps} steps; an episode has at least 1.");
        }

        if (_options.MaxEpisodeSeconds is double seconds && !(seconds is >= 1e-9 and <= LongestEpisodeSeconds))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{environmentId} ends after {seconds} s; an episode takes 1e-9 to {LongestEpisodeSeconds} s, or null for no limit."));
        }

        if (_options.HistoryLength < 0)
        {
            throw new ArgumentException($"{environmentId} keeps {_options.HistoryLength} earlier states; the least is 0, none.");
        }
    }

    // An agent that is never due would look like one that does not learn.
    private void CheckStepPeriods(AgentTree tree)
    {
        if (_options.StepLimit is int limit && tree.Acting.FirstOrDefault(agent => agent.StepPeriod > limit) is { } idle)
        {
            throw new ArgumentException(
                $"Agent '{idle.Id}' of {environmentId} acts every {idle.StepPeriod} steps, but an episode has {limit}, so it would never act. Shorten its StepPeriod, or allow longer episodes.");
        }
    }

    private void AttachToAgents()
    {
        foreach ((string owner, Protocol protocol, string[] members) in _protocols)
        {
            Agent[]? named = members.Length == 0 ? null : [.. members.SelectMany(Named).Distinct()];
            Agent coordinating = Names.Find(owner)
                ?? throw new ArgumentException($"The protocol {protocol} belongs to '{owner}', which is not among the agents of {environmentId}: {string.Join(", ", _members.Select(member => member.Agent.Id))}.");
            coordinating.Coordinate(protocol, named);
        }

        foreach ((string pattern, Policy policy) in _policies)
        {
            foreach (Agent agent in Named(pattern))
            {
                agent.DecideBy(policy);
            }
        }

        foreach ((string pattern, string[] features) in _sights)
        {
            foreach (Agent agent in Named(pattern))
            {
                (agent.SeesOnly ??= []).AddRange(features);
            }
        }

        foreach ((string pattern, Func<ScheduleConfig, ScheduleConfig> change) in _schedules)
        {
            foreach (Agent agent in Named(pattern))
            {
                agent.Reschedule(change(agent.Schedule));
            }
        }

        foreach ((string pattern, int stepPeriod) in _stepPeriods)
        {
            foreach (Agent agent in Named(pattern))
            {
                agent.ActEvery(stepPeriod);
            }
        }

        foreach ((string pattern, _) in _rules)
        {
            Names.Match(pattern);
        }

        foreach (Agent agent in _asked.SelectMany(Named))
        {
            agent.IsAskedAnyway = true;
        }
    }

    private IEnumerable<Agent> Named(string pattern) => Names.Match(pattern).Select(place => _members[place].Agent);

    // After the tree is built, because protocols add features.
    private void CheckSights(AgentTree tree)
    {
        string? unknown = _sights.SelectMany(sight => sight.Features).FirstOrDefault(pattern => !tree.FeatureNames.Match(pattern).Any());
        if (unknown is not null)
        {
            throw new ArgumentException($"The sight of agents of {environmentId} is limited to '{unknown}', but no feature is named so. Features are: {string.Join(", ", tree.FeatureNames.All)}.");
        }
    }

    private AgentSpec Describe(Agent agent, AgentTree tree)
    {
        bool isGathered = !agent.Overrides(nameof(Agent.Observe));
        agent.ObserveByDefault(() => GatherPlan.For(agent, tree, _options.InformationMode));
        Space observations = agent.ObservationSpace ?? agent.DefaultObservation.MakeSpace();
        if (isGathered && observations.Length != agent.DefaultObservation.Length)
        {
            throw new ArgumentException(
                $"Agent '{agent.Id}' of {environmentId} declares {observations}, but sees {agent.DefaultObservation.Length} numbers: {string.Join(", ", agent.DefaultObservation.Labels)}. Leave ObservationSpace out to get a space that fits, or override Observe.");
        }

        if (!isGathered && agent.Policy is { ObservationMode: not ObservationMode.Full } policy)
        {
            throw new ArgumentException(
                $"Agent '{agent.Id}' of {environmentId} overrides Observe, so its policy {policy} cannot tell its own features from the others' ({policy.ObservationMode}). Use ObservationMode.Full.");
        }

        IReadOnlyList<string> labels = agent.ObservationLabels.Count == 0 && isGathered ? agent.DefaultObservation.Labels : agent.ObservationLabels;
        CheckLabels(agent, "ObservationLabels", labels, observations);
        CheckLabels(agent, "ActionLabels", agent.ActionLabels, agent.ActionSpace!);
        return new AgentSpec(agent.Id, agent.Level, agent.Parent?.Id, observations, agent.ActionSpace!)
        {
            ObservationLabels = labels,
            ActionLabels = agent.ActionLabels,
            LocalObservationLength = isGathered ? agent.DefaultObservation.LocalLength : observations.Length,
            HasActionMask = agent.Overrides(nameof(Agent.WriteActionMask)),
        };
    }

    private void CheckLabels(Agent agent, string property, IReadOnlyList<string> labels, Space space)
    {
        if (labels.Count != 0 && labels.Count != space.Length)
        {
            throw new ArgumentException($"Agent '{agent.Id}' of {environmentId} has {labels.Count} {property} for {space}; give {space.Length} or none.");
        }
    }
}
