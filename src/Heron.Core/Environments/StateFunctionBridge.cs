using Heron.Core.Agents;
using Heron.Core.Features;

namespace Heron.Core.Environments;

/// <summary>A simulation that is one function from the states of all agents to those that have changed.</summary>
internal sealed class StateFunctionBridge(string environmentId, StateFunction function) : ISimulationBridge
{
    private readonly OrderedDictionary<string, AgentState> _states = new(StringComparer.Ordinal);
    private AgentState[] _results = [];

    public void ReadState(in SimulationContext context)
    {
        _states.Clear();
        foreach (Agent agent in context.Store.Layout.Tree.Agents)
        {
            _states.Add(agent.Id, StatesByName.Read(context.Store, agent));
        }
    }

    // Evaluated here, because the function may be an iterator.
    public void Simulate(in SimulationContext context) => _results = [.. function(_states, context)];

    public void WriteResults(in SimulationContext context)
    {
        foreach (AgentState result in _results)
        {
            StatesByName.Assign(environmentId, context.Store, result);
        }
    }
}
