namespace Heron.Core.Environments.Wrappers;

/// <summary>Shows only some agents of an environment; the others hold their neutral action and are not seen.</summary>
public static class ExposedAgents
{
    /// <summary>Wraps an environment.</summary>
    /// <param name="factory">The environment with all agents.</param>
    /// <param name="agentIds">Agents to show, in any order; empty = all. They keep the order of the environment.</param>
    /// <returns>
    /// The same environment with fewer agents. Its episode is over when none of them is left. While none of them is in
    /// the episode but one may still join, the wrapped environment steps on by itself, and the skipped steps count as part of the step
    /// (or reset) that led there: their rewards are added up, their metrics are the last ones.
    /// </returns>
    /// <exception cref="ArgumentException">An unknown agent, or one named twice; the message names it.</exception>
    public static EnvironmentFactory Of(EnvironmentFactory factory, IReadOnlyCollection<string> agentIds)
    {
        var indices = new SortedSet<int>();
        foreach (string id in agentIds)
        {
            if (!indices.Add(factory.Spec.IndexOf(id)))
            {
                throw new ArgumentException($"Agent '{id}' is named twice among the exposed agents of {factory.Spec.Id}; name each once.", nameof(agentIds));
            }
        }

        if (indices.Count == 0 || indices.Count == factory.Spec.Agents.Count)
        {
            return factory;
        }

        int[] exposed = [.. indices];
        EnvironmentSpec spec = factory.Spec.WithAgents([.. exposed.Select(index => factory.Spec.Agents[index])]);
        return factory.ShownAs(
            spec,
            () => new ExposedAgentsEnvironment(spec, factory.Create(), exposed),
            source => new ExposedAgentsSource(spec, factory.Spec, source),
            [.. factory.Rules.Where(rule => spec.Agents.Any(agent => AgentPattern.Names(rule.Pattern, agent.Id)))]);
    }
}
