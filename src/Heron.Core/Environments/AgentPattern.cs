using System.IO.Enumeration;
using Heron.Core.Agents;

namespace Heron.Core.Environments;

/// <summary>Names agents by id, or by a pattern in which <c>*</c> stands for any characters and <c>?</c> for one.</summary>
internal static class AgentPattern
{
    /// <summary>The agents that a pattern names, in their order.</summary>
    /// <exception cref="ArgumentException">It names none; the message lists those there are.</exception>
    public static Agent[] Match(string environmentId, string pattern, IReadOnlyList<Agent> agents)
    {
        Agent[] matches = [.. agents.Where(agent => Names(pattern, agent.Id))];
        return matches.Length > 0
            ? matches
            : throw new ArgumentException($"No agent of {environmentId} is named '{pattern}'. Its agents are: {string.Join(", ", agents.Select(agent => agent.Id))}.", nameof(pattern));
    }

    /// <summary>Whether a pattern names an id. An exact one always does, whatever characters it holds.</summary>
    public static bool Names(string pattern, string id) => pattern == id || FileSystemName.MatchesSimpleExpression(pattern, id, ignoreCase: false);
}
