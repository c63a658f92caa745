using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Policies;

namespace Heron.Core.Composition;

/// <summary>A kind of agent that users put into a composed environment by name.</summary>
public abstract class AgentClass : CatalogEntry
{
    private protected AgentClass(string name, string summary, Type agentType)
        : base(name, summary) => AgentType = agentType;

    /// <summary>What it makes.</summary>
    public Type AgentType { get; }

    /// <summary>Field agent or coordinator.</summary>
    public AgentLevel Level => typeof(CoordinatorAgent).IsAssignableFrom(AgentType) ? AgentLevel.Coordinator : AgentLevel.Field;

    /// <summary>Whether it fits every simulation, because it neither reads nor writes what is simulated; default false: only those that name it.</summary>
    public bool FitsEverySimulation { get; init; }

    /// <summary>How agents of this class can be run without learning; null (default) for no such rule. See <see cref="HeronEnvironmentBuilder.AddRule"/>.</summary>
    public Policy? Rule { get; init; }

    /// <summary>Checks the arguments of one agent.</summary>
    /// <param name="arguments">By name.</param>
    /// <param name="environmentId">Whose agent it is, for messages.</param>
    /// <param name="path">Where in the parameters the arguments stand, for messages.</param>
    /// <returns>Makes the agent.</returns>
    /// <exception cref="ArgumentException">An argument is unknown or wrong.</exception>
    internal abstract Func<AgentPlace, Agent> Prepare(IReadOnlyDictionary<string, object> arguments, string environmentId, string path);
}
