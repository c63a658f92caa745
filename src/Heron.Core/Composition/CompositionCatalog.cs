namespace Heron.Core.Composition;

/// <summary>What composed environments can be made of: agent classes, simulations and protocols. Filled at start, then only read.</summary>
/// <remarks>It begins with what Heron.Core itself offers: the plain <c>coordinator</c> and the protocols.</remarks>
public sealed class CompositionCatalog
{
    private readonly SortedDictionary<string, AgentClass> _agentClasses = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SimulationClass> _simulations = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ProtocolClass> _protocols = new(StringComparer.Ordinal);

    /// <summary>Makes a catalogue of what Heron.Core itself offers.</summary>
    public CompositionCatalog() => StandardParts.AddTo(this);

    /// <summary>The agent classes by name.</summary>
    public IReadOnlyDictionary<string, AgentClass> AgentClasses => _agentClasses;

    /// <summary>The simulations by name.</summary>
    public IReadOnlyDictionary<string, SimulationClass> Simulations => _simulations;

    /// <summary>The protocols by name.</summary>
    public IReadOnlyDictionary<string, ProtocolClass> Protocols => _protocols;

    /// <summary>Adds an agent class.</summary>
    /// <param name="agentClass">Its name must be new.</param>
    /// <returns>This catalogue, for chaining.</returns>
    /// <exception cref="ArgumentException">The name is taken, or an argument has the name of something that every agent has.</exception>
    public CompositionCatalog Add(AgentClass agentClass)
    {
        string? taken = agentClass.Parameters.Select(parameter => parameter.Name).FirstOrDefault(CompositionReader.EntryNames(agentClass.Level).Contains);
        if (taken is not null)
        {
            throw new ArgumentException($"Agent class '{agentClass.Name}' has an argument '{taken}', which every agent of that level has; give it another name.", nameof(agentClass));
        }

        return Add(_agentClasses, agentClass);
    }

    /// <summary>Adds a simulation.</summary>
    /// <param name="simulation">Its name must be new.</param>
    /// <returns>This catalogue, for chaining.</returns>
    /// <exception cref="ArgumentException">The name is taken, it serves a class that is not here yet, or it has an argument <c>name</c>.</exception>
    public CompositionCatalog Add(SimulationClass simulation)
    {
        if (simulation.AgentClasses.FirstOrDefault(name => !_agentClasses.ContainsKey(name)) is { } unknown)
        {
            throw new ArgumentException(
                $"Simulation '{simulation.Name}' serves the agent class '{unknown}', which is not in the catalogue: {string.Join(", ", _agentClasses.Keys)}. Add the class first.", nameof(simulation));
        }

        CheckArguments(simulation);
        return Add(_simulations, simulation);
    }

    /// <summary>Adds a protocol.</summary>
    /// <param name="protocol">Its name must be new.</param>
    /// <returns>This catalogue, for chaining.</returns>
    /// <exception cref="ArgumentException">The name is taken, or it has an argument <c>name</c>.</exception>
    public CompositionCatalog Add(ProtocolClass protocol)
    {
        CheckArguments(protocol);
        return Add(_protocols, protocol);
    }

    /// <summary>The classes that a simulation works with, by name.</summary>
    internal IReadOnlyList<AgentClass> ServedBy(SimulationClass simulation) =>
        [.. _agentClasses.Values.Where(agentClass => agentClass.FitsEverySimulation || simulation.AgentClasses.Contains(agentClass.Name))];

    private static void CheckArguments(CatalogEntry entry)
    {
        if (entry.Parameters.Any(parameter => parameter.Name == CompositionReader.NameKey))
        {
            throw new ArgumentException($"'{entry.Name}' has an argument '{CompositionReader.NameKey}', under which users write '{entry.Name}' itself; give it another name.", nameof(entry));
        }
    }

    private CompositionCatalog Add<T>(SortedDictionary<string, T> entries, T entry)
        where T : CatalogEntry
    {
        if (!entries.TryAdd(entry.Name, entry))
        {
            throw new ArgumentException($"'{entry.Name}' is already in the catalogue; give the new one another name.", nameof(entry));
        }

        return this;
    }
}
