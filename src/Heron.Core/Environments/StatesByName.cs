using Heron.Core.Agents;
using Heron.Core.Features;

namespace Heron.Core.Environments;

/// <summary>Moves states between the store and their form by name.</summary>
internal static class StatesByName
{
    /// <summary>The state of an agent; with an observer what the visibility of the features lets that one see.</summary>
    public static AgentState Read(StateStore store, Agent agent, Agent? observer = null) => AgentState.Of(
        agent.Level, agent.Id, [.. agent.Features.Where(feature => observer is null || feature.IsVisibleTo(observer)).Select(feature => feature.Read(store))]);

    /// <summary>Gives an agent the values of a state; what it does not name stays.</summary>
    /// <exception cref="ArgumentException">No such agent, feature or field, another type, or a value that does not fit. What was assigned before it stays.</exception>
    public static void Assign(string environmentId, StateStore store, AgentState state)
    {
        Agent agent = Find(environmentId, store, state.OwnerId);
        foreach (FeatureState values in state.Features)
        {
            Assign(environmentId, store, agent, values);
        }
    }

    /// <summary>An agent of the tree.</summary>
    /// <exception cref="ArgumentException">There is none of this id; the message names those there are.</exception>
    public static Agent Find(string environmentId, StateStore store, string agentId) => store.Layout.Tree.Agents.FirstOrDefault(agent => agent.Id == agentId)
        ?? throw new ArgumentException($"{environmentId} has no agent '{agentId}'. Its agents are: {string.Join(", ", store.Layout.Tree.Agents.Select(agent => agent.Id))}.", nameof(agentId));

    private static void Assign(string environmentId, StateStore store, Agent agent, FeatureState values)
    {
        Feature feature = agent.Features.FirstOrDefault(candidate => candidate.Name == values.Name)
            ?? throw new ArgumentException($"Agent '{agent.Id}' of {environmentId} has no feature '{values.Name}'. It has: {string.Join(", ", agent.Features.Select(candidate => candidate.Name))}.");
        if (feature.TypeName != values.Type)
        {
            throw new ArgumentException($"Feature '{values.Name}' of agent '{agent.Id}' is of type {feature.TypeName}; the state has one of type {values.Type}.");
        }

        FeatureBytes.Update($"{values.Name} of {agent.Id}", feature.Fields, store.Block.Slice(feature.Offset, feature.ByteCount), values.Values);
        if (feature.HasCheck)
        {
            feature.Check(store);
        }
    }
}
