using Heron.Core.Agents;
using Heron.Core.Protocols;

namespace Heron.Core.Composition;

/// <summary>Where an agent of a composed environment will stand: what its class may ask when it makes the agent.</summary>
/// <remarks>Whoever is asked for is made first; a class asks for the agents above or for those below, not for both.</remarks>
public sealed class AgentPlace
{
    private readonly Member _member;
    private readonly Composer _composer;

    internal AgentPlace(Member member, Composer composer)
    {
        _member = member;
        _composer = composer;
    }

    /// <summary>The id that the agent is to have.</summary>
    public string Id => _member.Id;

    /// <summary>The protocol that it will own; null for none.</summary>
    public Protocol? Protocol => _member.Protocol;

    /// <summary>How many stand directly below it.</summary>
    public int SubordinateCount => _composer.Members.Count(member => member.Parent == _member);

    /// <summary>The agent above, where its class is needed.</summary>
    /// <typeparam name="T">What it must be.</typeparam>
    /// <exception cref="ArgumentException">It is something else; the message names both and says who would do.</exception>
    public T Parent<T>()
        where T : Agent
    {
        Agent parent = _member.Parent?.Agent(_composer) ?? _composer.System;
        return parent as T ?? throw CompositionException.Of(
            _composer.EnvironmentId,
            _member.ParentPath ?? $"{_member.Path}.coordinator",
            $"{(_member.Parent is { } other ? $"'{other.Id}', of class '{other.AgentClass.Name}'" : "missing")}; '{Id}', of class '{_member.AgentClass.Name}', stands below an agent of class {_composer.ClassesOf(typeof(T))}.");
    }

    /// <summary>The agents directly below it that are of one kind, in the order of the parameters.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    public IReadOnlyList<T> Subordinates<T>()
        where T : Agent => _composer.AgentsOf<T>(member => member.Parent == _member);

    /// <summary>All agents of one kind, wherever they stand, in the order of the parameters.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    public IReadOnlyList<T> Everyone<T>()
        where T : Agent => _composer.AgentsOf<T>(_ => true);
}
