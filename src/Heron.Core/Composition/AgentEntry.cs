using Heron.Core.Environments;

namespace Heron.Core.Composition;

/// <summary>What every entry of <c>agents</c> has; arguments of its class stand beside it.</summary>
internal sealed record AgentEntry
{
    [EnvironmentParameter("Its name, unique in the environment; with a count, what the names begin with: room_0, room_1 and so on.")]
    public string AgentId { get; set; } = "";

    [EnvironmentParameter("Its class, one that the simulation serves.")]
    public string AgentClass { get; set; } = "";

    [EnvironmentParameter("The coordinator above it; none for the system agent, unless a coordinator names it among its subordinates.")]
    public string Coordinator { get; set; } = "";

    [EnvironmentParameter("How many alike; with 1 the agent_id is the whole name.", Minimum = 1, Maximum = CompositionReader.MemberLimit)]
    public int Count { get; set; } = 1;

    [EnvironmentParameter("When it wakes up event-driven, and its delays; what is not named stays as its class has it.")]
    public IReadOnlyDictionary<string, object> Schedule { get; set; } = new Dictionary<string, object>();

    [EnvironmentParameter("In step mode it acts in every n-th step; if not named as its class has it, mostly in each.", Unit = "steps", Minimum = 1, Maximum = 1_000_000)]
    public int StepPeriod { get; set; } = 1;
}
