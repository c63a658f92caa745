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
        return StatesByName.Read(_store, agent, observerId is null ? null : Find(observerId));
    }

    /// <summary>Gives an agent the values of a state; features and fields that it does not name stay.</summary>
    /// <param name="state">For example a changed copy of <see cref="StateOf"/>, or one that was read from a file.</param>
    /// <exception cref="ArgumentException">There is no such agent, feature or field, a feature is of another type, or a value does not fit; nothing has changed.</exception>
    public void Assign(AgentState state)
    {
        byte[] before = _store.Block.ToArray();
        try
        {
            StatesByName.Assign(Spec.Id, _store, state);
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

    private Agent Find(string agentId) => StatesByName.Find(Spec.Id, _store, agentId);
}
