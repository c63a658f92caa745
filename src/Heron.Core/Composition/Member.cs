using Heron.Core.Agents;
using Heron.Core.Protocols;
using Heron.Core.Scheduling;

namespace Heron.Core.Composition;

/// <summary>An agent or coordinator of a composition: who it will be, and where it stands.</summary>
/// <param name="path">Where in the parameters it is declared.</param>
/// <param name="id">Its name.</param>
/// <param name="agentClass">Its class.</param>
/// <param name="create">Makes it.</param>
internal sealed class Member(string path, string id, AgentClass agentClass, Func<AgentPlace, Agent> create)
{
    private Agent? _agent;
    private bool _isBeingMade;

    public string Path { get; } = path;

    public string Id { get; } = id;

    public AgentClass AgentClass { get; } = agentClass;

    public bool IsCoordinator => AgentClass.Level == Environments.AgentLevel.Coordinator;

    /// <summary>The coordinator above it; null for the system agent.</summary>
    public Member? Parent { get; private set; }

    /// <summary>Where it is said who stands above it; null where nothing is.</summary>
    public string? ParentPath { get; private set; }

    /// <summary>How it was given its place.</summary>
    public Placement Placement { get; private set; } = Placement.Own;

    public Protocol? Protocol { get; init; }

    /// <summary>Puts the schedule that was asked for in place of its own.</summary>
    public Func<ScheduleConfig, ScheduleConfig>? Reschedule { get; init; }

    /// <summary>The step period that was asked for; null for its own.</summary>
    public int? StepPeriod { get; init; }

    public void PlaceBelow(Member parent, string path, Placement placement)
    {
        Parent = parent;
        ParentPath = path;
        Placement = placement;
    }

    /// <summary>The agent; made when it is first asked for, so that a class may ask for others.</summary>
    public Agent Agent(Composer composer)
    {
        if (_agent is not null)
        {
            return _agent;
        }

        if (_isBeingMade)
        {
            throw new InvalidOperationException($"Agent class '{AgentClass.Name}' asks for agents that need an agent of that class to be made; ask for the ones above or the ones below, not both.");
        }

        _isBeingMade = true;
        try
        {
            _agent = create(new AgentPlace(this, composer));
        }
        catch (ArgumentException error)
        {
            throw CompositionException.At(composer.EnvironmentId, Path, error);
        }

        return _agent.Id == Id
            ? _agent
            : throw new InvalidOperationException($"Agent class '{AgentClass.Name}' made an agent '{_agent.Id}' for the place of '{Id}'; give it the id of its place.");
    }
}
