using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Observations;

namespace Heron.Core.Environments;

/// <content>State and observations by name, for tools, files and tests.</content>
public sealed partial class HeronEnvironment
{
    /// <summary>The state of an agent.</summary>
    /// <param name="agentId">Any agent of the hierarchy.</param>
    /// <param name="observerId">An agent that asks: the state then holds what the visibility of the features lets it see. Null for all of it.</param>
    /// <exception cref="ArgumentException">There is no such agent; the message names those there are.</exception>
    public AgentState StateOf(string agentId, string? observerId = null)
    {
        Agent agent = Find(agentId);
        Agent? observer = observerId is null ? null : Find(observerId);
        return AgentState.Of(
            agent.Level, agent.Id, [.. agent.Features.Where(feature => observer is null || feature.IsVisibleTo(observer)).Select(feature => feature.Read(_store))]);
    }

    /// <summary>Gives an agent the values of a state; features and fields that it does not name stay.</summary>
    /// <param name="state">For example a changed copy of <see cref="StateOf"/>, or one that was read from a file.</param>
    /// <exception cref="ArgumentException">There is no such agent, feature or field, a feature is of another type, or a value does not fit; nothing has changed.</exception>
    public void Assign(AgentState state)
    {
        Agent agent = Find(state.OwnerId);
        byte[] before = _store.Block.ToArray();
        try
        {
            foreach (FeatureState values in state.Features)
            {
                Assign(agent, values);
            }
        }
        catch
        {
            before.CopyTo(_store.Block);
            throw;
        }
    }

    /// <summary>What an agent sees by default: an agent that overrides <c>Observe</c> may be told something else.</summary>
    /// <param name="agentId">Any agent of the hierarchy that acts.</param>
    /// <exception cref="ArgumentException">There is no such agent, or it does not act.</exception>
    public AgentObservation ObservationOf(string agentId)
    {
        Agent agent = Find(agentId);
        if (agent.ActionSpace is null)
        {
            throw new ArgumentException($"Agent '{agentId}' of {Spec.Id} does not act, so it observes nothing. Those that do are: {string.Join(", ", Spec.Agents.Select(acting => acting.Id))}.", nameof(agentId));
        }

        var global = new OrderedDictionary<string, IReadOnlyDictionary<string, float[]>>(StringComparer.Ordinal);
        foreach (IGrouping<Agent, Feature> others in agent.DefaultObservation.Others.GroupBy(feature => feature.Owner))
        {
            global.Add(others.Key.Id, Vectors(others));
        }

        return new AgentObservation(_store.Clock.Nanoseconds / 1e9, Vectors(agent.DefaultObservation.Own), global);
    }

    private OrderedDictionary<string, float[]> Vectors(IEnumerable<Feature> features)
    {
        var vectors = new OrderedDictionary<string, float[]>(StringComparer.Ordinal);
        foreach (Feature feature in features)
        {
            vectors.Add(feature.Name, feature.ReadVector(_store));
        }

        return vectors;
    }

    private void Assign(Agent agent, FeatureState values)
    {
        Feature feature = agent.Features.FirstOrDefault(candidate => candidate.Name == values.Name)
            ?? throw new ArgumentException($"Agent '{agent.Id}' of {Spec.Id} has no feature '{values.Name}'. It has: {string.Join(", ", agent.Features.Select(candidate => candidate.Name))}.");
        if (feature.TypeName != values.Type)
        {
            throw new ArgumentException($"Feature '{values.Name}' of agent '{agent.Id}' is of type {feature.TypeName}; the state has one of type {values.Type}.");
        }

        FeatureBytes.Update($"{values.Name} of {agent.Id}", feature.Fields, _store.Block.Slice(feature.Offset, feature.ByteCount), values.Values);
        if (feature.HasCheck)
        {
            feature.Check(_store);
        }
    }

    private Agent Find(string agentId) => _store.Layout.Tree.Agents.FirstOrDefault(agent => agent.Id == agentId)
        ?? throw new ArgumentException($"{Spec.Id} has no agent '{agentId}'. Its agents are: {string.Join(", ", _store.Layout.Tree.Agents.Select(agent => agent.Id))}.", nameof(agentId));
}
