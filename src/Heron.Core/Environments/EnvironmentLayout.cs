using Heron.Core.Spaces;

namespace Heron.Core.Environments;

/// <summary>Where each agent's numbers stand in the flat buffers of one environment copy.</summary>
public sealed class EnvironmentLayout
{
    private readonly Dictionary<string, int> _indexById = new(StringComparer.Ordinal);
    private readonly Range[] _observations;
    private readonly Range[] _continuous;
    private readonly Range[] _discrete;
    private readonly Range[] _masks;

    internal EnvironmentLayout(string environmentId, IReadOnlyList<AgentSpec> agents)
    {
        if (agents.Count == 0)
        {
            throw new ArgumentException($"{environmentId} has no agent; at least one is needed.", nameof(agents));
        }

        AgentCount = agents.Count;
        _observations = new Range[AgentCount];
        _continuous = new Range[AgentCount];
        _discrete = new Range[AgentCount];
        _masks = new Range[AgentCount];
        for (int i = 0; i < AgentCount; i++)
        {
            Place(environmentId, agents[i], i);
        }
    }

    /// <summary>Agents in the environment.</summary>
    public int AgentCount { get; }

    /// <summary>Floats in the observation buffer: all agents, concatenated.</summary>
    public int ObservationLength { get; private set; }

    /// <summary>Floats in the continuous action buffer.</summary>
    public int ContinuousLength { get; private set; }

    /// <summary>Ints in the discrete action buffer: one per head.</summary>
    public int DiscreteLength { get; private set; }

    /// <summary>Bytes in the mask buffer: one per category of every agent that has a mask.</summary>
    public int MaskLength { get; private set; }

    /// <summary>Observation of an agent.</summary>
    public Range Observation(int agent) => _observations[agent];

    /// <summary>Continuous actions of an agent.</summary>
    public Range Continuous(int agent) => _continuous[agent];

    /// <summary>Discrete actions of an agent.</summary>
    public Range Discrete(int agent) => _discrete[agent];

    /// <summary>Action mask of an agent; empty when it has none.</summary>
    public Range Mask(int agent) => _masks[agent];

    /// <summary>Finds an agent by id.</summary>
    /// <param name="agentId">Its id.</param>
    /// <param name="index">Its index in every buffer.</param>
    /// <returns>False when there is no such agent.</returns>
    public bool TryGetIndex(string agentId, out int index) => _indexById.TryGetValue(agentId, out index);

    private void Place(string environmentId, AgentSpec agent, int index)
    {
        if (!_indexById.TryAdd(agent.Id, index))
        {
            throw new ArgumentException($"{environmentId} has two agents named '{agent.Id}'; ids must be unique.");
        }

        if (agent.HasActionMask && agent.ActionSpace.MaskLength == 0)
        {
            throw new ArgumentException($"Agent '{agent.Id}' of {environmentId} declares an action mask, but {agent.ActionSpace} has no discrete head.");
        }

        CheckLabels(environmentId, agent, agent.ObservationLabels, agent.ObservationSpace, "observation");
        CheckLabels(environmentId, agent, agent.ActionLabels, agent.ActionSpace, "action");
        _observations[index] = Take(agent.ObservationSpace.Length, ObservationLength);
        _continuous[index] = Take(agent.ActionSpace.ContinuousLength, ContinuousLength);
        _discrete[index] = Take(agent.ActionSpace.HeadSizes.Length, DiscreteLength);
        _masks[index] = Take(agent.HasActionMask ? agent.ActionSpace.MaskLength : 0, MaskLength);
        ObservationLength = _observations[index].End.Value;
        ContinuousLength = _continuous[index].End.Value;
        DiscreteLength = _discrete[index].End.Value;
        MaskLength = _masks[index].End.Value;
    }

    private static void CheckLabels(string environmentId, AgentSpec agent, IReadOnlyList<string> labels, Space space, string what)
    {
        if (labels.Count != 0 && labels.Count != space.Length)
        {
            throw new ArgumentException($"Agent '{agent.Id}' of {environmentId} has {labels.Count} {what} labels for {space.Length} numbers; give one for each, or none.");
        }
    }

    private static Range Take(int length, int offset) => offset..(offset + length);
}
