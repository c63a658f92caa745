using System.Globalization;
using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Observations;
using Heron.Core.Policies;
using Heron.Core.Protocols;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.Core.Environments;

/// <summary>From what was declared to an environment: checked, joined to a tree and frozen.</summary>
public sealed partial class HeronEnvironmentBuilder
{
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
                // The physics runs once per step unless the system agent declares an interval, so its default interval is no start.
                ScheduleConfig schedule = agent is SystemAgent && !agent.HasOwnSchedule
                    ? agent.Schedule with { TickIntervalSeconds = _options.StepSeconds }
                    : agent.Schedule;
                agent.Reschedule(change(schedule));
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
