using Heron.Core.Features;

namespace Heron.Core.Environments;

/// <summary>A whole simulation as one function from states to states, for trying things out: it allocates in every step.</summary>
/// <param name="states">The state of every agent by its id, in tree order.</param>
/// <param name="context">Clock and random stream.</param>
/// <returns>The states that have changed; agents, features and fields that they do not name stay.</returns>
public delegate IEnumerable<AgentState> StateFunction(IReadOnlyDictionary<string, AgentState> states, in SimulationContext context);
