using Heron.Core.Agents;
using Heron.Core.Environments;

namespace Heron.Core.Composition;

/// <summary>The agents of a composed environment as its simulation finds them, and the builder that it gives bridge and score to.</summary>
public sealed class SimulationSetup
{
    private readonly Composer _composer;

    internal SimulationSetup(Composer composer, HeronEnvironmentBuilder builder)
    {
        _composer = composer;
        Builder = builder;
    }

    /// <summary>The environment that is being built; the agents are in it already.</summary>
    public HeronEnvironmentBuilder Builder { get; }

    /// <summary>The agents of one kind, in the order of the parameters, coordinators first.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="atLeast">How many the simulation needs, default 0.</param>
    /// <param name="atMost">How many it can take, default any number.</param>
    /// <exception cref="ArgumentException">There are fewer or more; the message says which classes they would be of.</exception>
    public IReadOnlyList<T> Agents<T>(int atLeast = 0, int atMost = int.MaxValue)
        where T : Agent
    {
        IReadOnlyList<T> found = _composer.AgentsOf<T>(_ => true);
        if (found.Count >= atLeast && found.Count <= atMost)
        {
            return found;
        }

        string range = atMost == int.MaxValue ? $"at least {atLeast}" : atLeast == 0 ? $"at most {atMost}" : atLeast == atMost ? $"{atLeast}" : $"{atLeast} to {atMost}";
        throw CompositionException.Of(
            _composer.EnvironmentId,
            CompositionReader.SimulationPath,
            $"'{_composer.SimulationName}', which needs {range} of class {_composer.ClassesOf(typeof(T))}; there are {found.Count}{(found.Count == 0 ? "" : $": {string.Join(", ", found.Select(agent => agent.Id))}")}.");
    }

    /// <summary>The system agent that the simulation made.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    public T System<T>()
        where T : SystemAgent => (T)_composer.System;
}
