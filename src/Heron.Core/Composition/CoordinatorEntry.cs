using Heron.Core.Environments;

namespace Heron.Core.Composition;

/// <summary>What every entry of <c>coordinators</c> has; arguments of its class stand beside it.</summary>
internal sealed record CoordinatorEntry
{
    [EnvironmentParameter("Its name, unique in the environment.")]
    public string CoordinatorId { get; set; } = "";

    [EnvironmentParameter("Its class, one that the simulation serves.")]
    public string AgentClass { get; set; } = StandardParts.PlainCoordinator;

    [EnvironmentParameter("The coordinator above it; none for the system agent, unless a coordinator names it among its subordinates.")]
    public string Coordinator { get; set; } = "";

    [EnvironmentParameter("Who stands below it: names, or patterns with * and ?, of agents and coordinators, in this order and before those who name it themselves. A pattern passes over those who name another coordinator, or are named by one.")]
    public string[] Subordinates { get; set; } = [];

    [EnvironmentParameter("How it coordinates those directly below it: the protocol's name and its arguments; none for not at all.")]
    public IReadOnlyDictionary<string, object> Protocol { get; set; } = new Dictionary<string, object>();

    [EnvironmentParameter("When it wakes up event-driven, and its delays; what is not named stays as its class has it.")]
    public IReadOnlyDictionary<string, object> Schedule { get; set; } = new Dictionary<string, object>();

    [EnvironmentParameter("In step mode it acts in every n-th step; if not named as its class has it, mostly in each.", Unit = "steps", Minimum = 1, Maximum = 1_000_000)]
    public int StepPeriod { get; set; } = 1;
}
