using Heron.Core.Features;
using Heron.Core.Protocols;

namespace Heron.Core.Agents;

/// <summary>The validated hierarchy of one environment, parents before children; built once, then only read.</summary>
internal sealed class AgentTree
{
    private static readonly string[] HooksOfActingAgents =
    [
        nameof(Agent.Apply), nameof(Agent.Observe), nameof(Agent.Reward), nameof(Agent.IsTerminated), nameof(Agent.IsTruncated), nameof(Agent.WriteActionMask),
    ];

    private AgentTree(string environmentId, SystemAgent root)
    {
        Root = root;
        var agents = new List<Agent>();
        var pending = new Stack<Agent>([root]);
        while (pending.TryPop(out Agent? agent))
        {
            agent.Number(agents.Count);
            agents.Add(agent);
            foreach (Agent child in agent.Children.Reverse())
            {
                pending.Push(child);
            }
        }

        Agents = [.. agents];
        Acting = [.. agents.Where(agent => agent.ActionSpace is not null)];
        PublicFeatures = [.. agents.SelectMany(agent => agent.Features).Where(feature => feature.Visibility.HasFlag(Visibility.Public))];
        FeatureNames = new FeatureNames(Agents);
        HasAncestorFeatures = agents.Any(agent => agent.Features.Any(feature => feature.Visibility.HasFlag(Visibility.Ancestors)));
        foreach (Agent agent in agents)
        {
            CheckHooks(environmentId, agent);
        }
    }

    public SystemAgent Root { get; }

    /// <summary>Depth first, siblings in the order they were added.</summary>
    public IReadOnlyList<Agent> Agents { get; }

    /// <summary>Those with an action space: the agents of the environment contract, in its order.</summary>
    public IReadOnlyList<Agent> Acting { get; }

    public IReadOnlyList<Feature> PublicFeatures { get; }

    public bool HasAncestorFeatures { get; }

    /// <summary>Features by their full names; see <see cref="Feature.FullName"/>.</summary>
    public FeatureNames FeatureNames { get; }

    /// <exception cref="ArgumentException">The agents are no tree under one system agent; the message says how to mend it.</exception>
    public static AgentTree Build(string environmentId, IReadOnlyList<(Agent Agent, string? ParentId)> members)
    {
        Dictionary<string, Agent> byId = IndexById(environmentId, members);
        SystemAgent root = FindRoot(environmentId, members);
        foreach ((Agent agent, string? parentId) in members)
        {
            CheckParent(environmentId, agent, parentId, byId);
        }

        CheckCycles(environmentId, members);
        foreach ((Agent agent, string? parentId) in members)
        {
            agent.Join(environmentId, parentId is null ? null : byId[parentId]);
        }

        ConnectProtocols(root);
        return new AgentTree(environmentId, root);
    }

    /// <summary>The agents below one, in the order of the tree.</summary>
    public IEnumerable<Agent> Below(Agent agent) => Agents.Skip(agent.Index + 1).TakeWhile(agent.IsAbove);

    // From the leaves up: what an agent can do may follow from what those below it can do.
    private static void ConnectProtocols(Agent agent)
    {
        foreach (Agent child in agent.Children)
        {
            ConnectProtocols(child);
        }

        foreach (Coordination coordination in agent.Coordinations)
        {
            coordination.Connect();
        }

        foreach (Coordination coordination in agent.Coordinations)
        {
            coordination.Protocol.Communication.CheckOwner(agent);
        }
    }

    private static Dictionary<string, Agent> IndexById(string environmentId, IReadOnlyList<(Agent Agent, string? ParentId)> members)
    {
        var byId = new Dictionary<string, Agent>(StringComparer.Ordinal);
        foreach ((Agent agent, _) in members)
        {
            if (!byId.TryAdd(agent.Id, agent))
            {
                throw new ArgumentException($"{environmentId} has two agents named '{agent.Id}'; give each an id of its own.");
            }
        }

        return byId;
    }

    private static SystemAgent FindRoot(string environmentId, IReadOnlyList<(Agent Agent, string? ParentId)> members)
    {
        Agent[] roots = [.. members.Where(member => member.ParentId is null).Select(member => member.Agent)];
        return roots switch
        {
            [] when members.Count == 0 => throw new ArgumentException($"{environmentId} has no agents; add a SystemAgent, then the agents below it."),
            [] => throw new ArgumentException($"{environmentId} has no root: every agent names a parent. Add one SystemAgent without a parent."),
            [SystemAgent root] => root,
            [Agent other] => throw new ArgumentException(
                $"The root of {environmentId} is '{other.Id}', a {other.Level} agent; the root is a SystemAgent. Add one and make it the parent of '{other.Id}'."),
            _ => throw new ArgumentException(
                $"{environmentId} has {roots.Length} agents without a parent: {string.Join(", ", roots.Select(agent => agent.Id))}. Only the system agent has none; name a parent for the others."),
        };
    }

    private static void CheckParent(string environmentId, Agent agent, string? parentId, Dictionary<string, Agent> byId)
    {
        if (parentId is null)
        {
            return;
        }

        if (!byId.TryGetValue(parentId, out Agent? parent))
        {
            throw new ArgumentException(
                $"Agent '{agent.Id}' of {environmentId} names the parent '{parentId}', which is not among its agents: {string.Join(", ", byId.Keys)}.");
        }

        if (agent is SystemAgent)
        {
            throw new ArgumentException($"System agent '{agent.Id}' of {environmentId} stands below '{parentId}'; it can only be the root. Use a CoordinatorAgent here.");
        }

        if (parent is FieldAgent)
        {
            throw new ArgumentException(
                $"Agent '{agent.Id}' of {environmentId} stands below field agent '{parentId}'; field agents are leaves. Make '{parentId}' a CoordinatorAgent.");
        }
    }

    private static void CheckCycles(string environmentId, IReadOnlyList<(Agent Agent, string? ParentId)> members)
    {
        Dictionary<string, string?> parents = members.ToDictionary(member => member.Agent.Id, member => member.ParentId, StringComparer.Ordinal);
        var reachesRoot = new HashSet<string>(StringComparer.Ordinal);
        foreach (string start in parents.Keys)
        {
            var path = new List<string>();
            for (string? id = start; id is not null && !reachesRoot.Contains(id); id = parents[id])
            {
                int first = path.IndexOf(id);
                if (first >= 0)
                {
                    throw new ArgumentException(
                        $"Agents of {environmentId} stand above themselves: {string.Join(" -> ", path[first..].Append(id))}. Give one of them a parent that leads to the root.");
                }

                path.Add(id);
            }

            reachesRoot.UnionWith(path);
        }
    }

    // What would be ignored without a word is an error.
    private static void CheckHooks(string environmentId, Agent agent)
    {
        if (agent.ActionSpace is null && Array.Find(HooksOfActingAgents, agent.Overrides) is { } hook)
        {
            throw new ArgumentException(
                $"Agent '{agent.Id}' of {environmentId} overrides {hook}, but has no ActionSpace, so {hook} would never be called. Set ActionSpace in its constructor, or drop the override.");
        }

        if (agent.ActionSpace is null && agent.ObservationSpace is not null)
        {
            throw new ArgumentException(
                $"Agent '{agent.Id}' of {environmentId} has an ObservationSpace, but no ActionSpace, so nobody would receive its observations. Set both in its constructor, or none.");
        }

        if (agent.ActionSpace is not null && agent.ObservationSpace is null && agent.Overrides(nameof(Agent.Observe)))
        {
            throw new ArgumentException($"Agent '{agent.Id}' of {environmentId} overrides Observe, but has no ObservationSpace. Set it in its constructor.");
        }

        if (agent.ActionSpace is null && agent.Policy is not null)
        {
            throw new ArgumentException($"Agent '{agent.Id}' of {environmentId} has a policy, but no ActionSpace, so there is nothing to decide. Set one in its constructor, or drop the policy.");
        }

        if (agent.MetricNames.Count > 0 != agent.Overrides(nameof(Agent.WriteMetrics)))
        {
            throw new ArgumentException($"Agent '{agent.Id}' of {environmentId} has {agent.MetricNames.Count} MetricNames and {(agent.MetricNames.Count > 0 ? "no" : "a")} WriteMetrics; declare both or none.");
        }
    }
}
