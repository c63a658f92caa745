using System.IO.Enumeration;
using Heron.Core.Environments;
using Heron.Core.Spaces;

namespace Heron.Learning.Rollouts;

/// <summary>Which policy each agent of an environment acts by.</summary>
public sealed class PolicyMapping
{
    /// <summary>Name of the policy when all agents share one.</summary>
    public const string SharedPolicyId = "shared_policy";

    private readonly int[] _policyOfAgent;
    private readonly int[][] _agentsOfPolicy;

    private PolicyMapping(IReadOnlyList<string> policyIds, int[] policyOfAgent)
    {
        PolicyIds = policyIds;
        _policyOfAgent = policyOfAgent;
        _agentsOfPolicy = [.. policyIds.Select((_, policy) => AgentsActingBy(policy))];
    }

    /// <summary>Names of the policies; everything about policies is in this order.</summary>
    public IReadOnlyList<string> PolicyIds { get; }

    /// <summary>Index of an agent's policy.</summary>
    /// <param name="agent">Index of the agent.</param>
    public int PolicyOf(int agent) => _policyOfAgent[agent];

    /// <summary>Indices of the agents that act by a policy, ascending, at least one.</summary>
    /// <param name="policy">Index of the policy.</param>
    public ReadOnlySpan<int> AgentsOf(int policy) => _agentsOfPolicy[policy];

    /// <summary>One policy for all agents; when their spaces differ, one for each kind, in the order of their first agents.</summary>
    /// <param name="spec">The environment.</param>
    /// <param name="actions">Decides which action spaces are alike.</param>
    public static PolicyMapping Shared(EnvironmentSpec spec, ActionMapping actions)
    {
        var kinds = new List<string>();
        int[] policyOfAgent = new int[spec.Agents.Count];
        for (int agent = 0; agent < policyOfAgent.Length; agent++)
        {
            string kind = KindOf(spec, actions, agent);
            if (!kinds.Contains(kind))
            {
                kinds.Add(kind);
            }

            policyOfAgent[agent] = kinds.IndexOf(kind);
        }

        string[] ids = kinds.Count == 1 ? [SharedPolicyId] : [.. kinds.Select((_, i) => $"{SharedPolicyId}_{i}")];
        return new PolicyMapping(ids, policyOfAgent);
    }

    /// <summary>A policy for every agent, named as the agent.</summary>
    /// <param name="spec">The environment.</param>
    public static PolicyMapping Independent(EnvironmentSpec spec) =>
        new([.. spec.Agents.Select(agent => agent.Id)], [.. Enumerable.Range(0, spec.Agents.Count)]);

    /// <summary>Policies for agents that are named together.</summary>
    /// <param name="spec">The environment.</param>
    /// <param name="actions">Decides which action spaces are alike.</param>
    /// <param name="groups">Agent ids by policy; <c>*</c> and <c>?</c> stand for any characters or one.</param>
    /// <exception cref="ArgumentException">An agent is in no group or in several, a name fits no agent, or the spaces within a group differ; the message names it.</exception>
    public static PolicyMapping Groups(EnvironmentSpec spec, ActionMapping actions, IReadOnlyDictionary<string, IReadOnlyList<string>> groups)
    {
        string[] ids = [.. groups.Keys.Order(StringComparer.Ordinal)];
        int[] policyOfAgent = new int[spec.Agents.Count];
        policyOfAgent.AsSpan().Fill(-1);
        for (int policy = 0; policy < ids.Length; policy++)
        {
            foreach (string pattern in groups[ids[policy]])
            {
                Assign(spec, ids, pattern, policy, policyOfAgent);
            }
        }

        int without = Array.IndexOf(policyOfAgent, -1);
        if (without >= 0)
        {
            throw new ArgumentException($"Agent '{spec.Agents[without].Id}' of {spec.Id} is in no policy group; the groups are: {string.Join(", ", ids)}.", nameof(groups));
        }

        var mapping = new PolicyMapping(ids, policyOfAgent);
        for (int policy = 0; policy < ids.Length; policy++)
        {
            CheckAlike(spec, actions, ids[policy], mapping.AgentsOf(policy));
        }

        return mapping;
    }

    private static void Assign(EnvironmentSpec spec, string[] ids, string pattern, int policy, int[] policyOfAgent)
    {
        bool found = false;
        for (int agent = 0; agent < policyOfAgent.Length; agent++)
        {
            if (!FileSystemName.MatchesSimpleExpression(pattern, spec.Agents[agent].Id, ignoreCase: false))
            {
                continue;
            }

            found = true;
            if (policyOfAgent[agent] >= 0 && policyOfAgent[agent] != policy)
            {
                throw new ArgumentException($"Agent '{spec.Agents[agent].Id}' of {spec.Id} is in two policy groups, '{ids[policyOfAgent[agent]]}' and '{ids[policy]}'; name it in one.");
            }

            policyOfAgent[agent] = policy;
        }

        if (!found)
        {
            throw new ArgumentException($"'{pattern}' in policy group '{ids[policy]}' fits no agent of {spec.Id}; its agents are: {string.Join(", ", spec.Agents.Select(agent => agent.Id))}.");
        }
    }

    private static void CheckAlike(EnvironmentSpec spec, ActionMapping actions, string policyId, ReadOnlySpan<int> agents)
    {
        if (agents.IsEmpty)
        {
            throw new ArgumentException($"Policy group '{policyId}' names no agent; give it at least one, or leave it out.");
        }

        string first = KindOf(spec, actions, agents[0]);
        foreach (int agent in agents)
        {
            string kind = KindOf(spec, actions, agent);
            if (kind != first)
            {
                throw new ArgumentException(
                    $"Agents '{spec.Agents[agents[0]].Id}' and '{spec.Agents[agent].Id}' of {spec.Id} cannot share policy '{policyId}': one has {first}, the other {kind}.");
            }
        }
    }

    /// <summary>What agents must have in common to share a policy, in words. Bounds of observations do not matter: a model takes any number.</summary>
    private static string KindOf(EnvironmentSpec spec, ActionMapping actions, int agent)
    {
        AgentSpec of = spec.Agents[agent];
        Space action = actions.PolicySpace(agent);
        return $"{of.ObservationSpace.Length} observed numbers, actions {action}{(of.HasActionMask ? " with a mask" : "")}";
    }

    private int[] AgentsActingBy(int policy) =>
        [.. Enumerable.Range(0, _policyOfAgent.Length).Where(agent => _policyOfAgent[agent] == policy)];
}
