using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Observations;
using Heron.Core.Spaces;

namespace Heron.Core.Environments;

/// <summary>Puts agents, simulation and score together to an environment on the flat-buffer contract.</summary>
/// <param name="environmentId">Public name with version, for example <c>SimpleMicrogrids-v0</c>.</param>
/// <param name="options">Step length, step limit and parameters.</param>
public sealed class HeronEnvironmentBuilder(string environmentId, HeronEnvironmentOptions? options = null)
{
    private readonly HeronEnvironmentOptions _options = options ?? new HeronEnvironmentOptions();
    private readonly List<(Agent Agent, string? ParentId)> _members = [];
    private Func<ISimulationBridge>? _bridge;
    private EnvironmentScore? _score;

    /// <summary>Adds an agent. Siblings keep the order in which they were added, in the tree and in every buffer.</summary>
    /// <param name="agent">Not part of another environment.</param>
    /// <param name="parentId">The agent above it, added before or later; null for the system agent only.</param>
    /// <returns>This builder, for chaining.</returns>
    public HeronEnvironmentBuilder Add(Agent agent, string? parentId = null)
    {
        _members.Add((agent, parentId));
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

    /// <summary>Sets the score of the environment; default each agent's own reward and no metrics.</summary>
    /// <param name="score">Shared by all copies.</param>
    /// <returns>This builder, for chaining.</returns>
    public HeronEnvironmentBuilder ScoreWith(EnvironmentScore score)
    {
        _score = score;
        return this;
    }

    /// <summary>Validates and freezes everything.</summary>
    /// <returns>Makes copies that share the tree and own their state. The agents cannot be used in a second environment.</returns>
    /// <exception cref="ArgumentException">The agents are no tree under one system agent, or a declaration does not fit; the message names the agent and says how to mend it.</exception>
    /// <exception cref="InvalidOperationException">An agent is already part of an environment.</exception>
    public EnvironmentFactory Build()
    {
        if (_options.MaxEpisodeSteps is < 1)
        {
            throw new ArgumentException($"{environmentId} ends after {_options.MaxEpisodeSteps} steps; an episode has at least 1.");
        }

        AgentTree tree = AgentTree.Build(environmentId, _members);
        var layout = new StateLayout(tree);
        var spec = new EnvironmentSpec(environmentId, [.. tree.Acting.Select(agent => Describe(agent, tree))])
        {
            Hierarchy = [.. tree.Agents.Select(agent => new HierarchyNode(agent.Id, agent.Level, agent.Parent?.Id))],
            MaxEpisodeSteps = _options.MaxEpisodeSteps,
            StepSeconds = _options.StepSeconds,
            MetricNames = [.. _score?.MetricNames ?? [], .. tree.Agents.SelectMany(agent => agent.MetricNames.Select(name => $"{agent.Id}/{name}"))],
            RenderModes = ["ansi"],
            Parameters = _options.Parameters,
        };
        var pipeline = new StepPipeline(tree, spec.Layout, _options, _score);
        Func<ISimulationBridge>? createBridge = _bridge;
        return new EnvironmentFactory(spec, () => new HeronEnvironment(spec, layout, pipeline, createBridge?.Invoke()));
    }

    private AgentSpec Describe(Agent agent, AgentTree tree)
    {
        bool isGathered = !agent.Overrides(nameof(Agent.Observe));
        agent.ObserveByDefault(() => GatherPlan.For(agent, tree));
        Space observations = agent.ObservationSpace ?? BoxSpace.Unbounded(agent.DefaultObservation.Length);
        if (isGathered && observations.Length != agent.DefaultObservation.Length)
        {
            throw new ArgumentException(
                $"Agent '{agent.Id}' of {environmentId} declares {observations}, but sees {agent.DefaultObservation.Length} numbers: {string.Join(", ", agent.DefaultObservation.Labels)}. Change the space, or override Observe.");
        }

        IReadOnlyList<string> labels = agent.ObservationLabels.Count == 0 && isGathered ? agent.DefaultObservation.Labels : agent.ObservationLabels;
        CheckLabels(agent, "ObservationLabels", labels, observations);
        CheckLabels(agent, "ActionLabels", agent.ActionLabels, agent.ActionSpace!);
        return new AgentSpec(agent.Id, agent.Level, agent.Parent?.Id, observations, agent.ActionSpace!)
        {
            ObservationLabels = labels,
            ActionLabels = agent.ActionLabels,
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
