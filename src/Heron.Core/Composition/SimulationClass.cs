using Heron.Core.Agents;

namespace Heron.Core.Composition;

/// <summary>A simulation that users name for a composed environment.</summary>
public abstract class SimulationClass : CatalogEntry
{
    private protected SimulationClass(string name, string summary, IReadOnlyList<string> agentClasses)
        : base(name, summary) => AgentClasses = agentClasses;

    /// <summary>The agent classes that it serves, apart from those that fit every simulation.</summary>
    public IReadOnlyList<string> AgentClasses { get; }

    /// <summary>Simulated length of a step in seconds, more than 0; default 1.</summary>
    public double StepSeconds { get; init; } = 1;

    /// <summary>Checks the arguments.</summary>
    /// <param name="arguments">By name.</param>
    /// <param name="environmentId">Whose simulation it is, for messages.</param>
    /// <param name="path">Where in the parameters the arguments stand, for messages.</param>
    /// <returns>Makes the system agent, and connects the simulation with the agents.</returns>
    /// <exception cref="ArgumentException">An argument is unknown or wrong.</exception>
    internal abstract (Func<SystemAgent> CreateSystem, Action<SimulationSetup> Connect) Prepare(
        IReadOnlyDictionary<string, object> arguments, string environmentId, string path);
}
