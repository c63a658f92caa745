using Heron.Core.Agents;

namespace Heron.Core.Environments;

/// <summary>The agents of an environment by their ids.</summary>
/// <param name="environmentId">For errors.</param>
/// <param name="agents">In their order; an id may still occur twice.</param>
internal sealed class AgentNames(string environmentId, IReadOnlyList<Agent> agents)
{
    private readonly ILookup<string, int> _places = Enumerable.Range(0, agents.Count).ToLookup(place => agents[place].Id, StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => agents.Count;

    /// <summary>Places of the agents that a pattern names, in their order.</summary>
    /// <exception cref="ArgumentException">It names none; the message lists those there are.</exception>
    public int[] Match(string pattern)
    {
        int[] matches = AgentPattern.IsPlain(pattern)
            ? [.. _places[pattern]]
            : [.. Enumerable.Range(0, agents.Count).Where(place => AgentPattern.Names(pattern, agents[place].Id))];
        return matches.Length > 0
            ? matches
            : throw new ArgumentException($"No agent of {environmentId} is named '{pattern}'. Its agents are: {string.Join(", ", agents.Select(agent => agent.Id))}.", nameof(pattern));
    }

    /// <summary>The agent with an id, or null.</summary>
    public Agent? Find(string id) => _places[id].Select(place => agents[place]).FirstOrDefault();
}
