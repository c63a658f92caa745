using Heron.Core.Agents;
using Heron.Core.Environments;

namespace Heron.Core.Composition;

/// <summary>A simulation, its arguments declared by a record.</summary>
/// <typeparam name="TArguments">A record whose settable properties carry <see cref="EnvironmentParameterAttribute"/>.</typeparam>
/// <param name="name">In snake_case.</param>
/// <param name="summary">What it simulates, in a few sentences.</param>
/// <param name="agentClasses">The agent classes that it serves, apart from those that fit every simulation.</param>
/// <param name="connect">Gives bridge, score and whatever else it needs to the environment's builder. May throw <see cref="ArgumentException"/> for agents that it cannot simulate.</param>
public sealed class SimulationClass<TArguments>(string name, string summary, IReadOnlyList<string> agentClasses, Action<TArguments, SimulationSetup> connect)
    : SimulationClass(name, summary, agentClasses)
    where TArguments : class, new()
{
    private readonly ParameterBinder<TArguments> _binder = new($"simulation '{name}'");

    /// <summary>Makes the root of the tree, which holds the state of the whole; default one without state.</summary>
    public Func<TArguments, SystemAgent> CreateSystem { get; init; } = _ => new SystemAgent();

    /// <inheritdoc/>
    public override IReadOnlyList<EnvironmentParameter> Parameters => _binder.Parameters;

    internal override (Func<SystemAgent> CreateSystem, Action<SimulationSetup> Connect) Prepare(
        IReadOnlyDictionary<string, object> arguments, string environmentId, string path)
    {
        TArguments bound = _binder.Bind(arguments, environmentId, path);
        return (() => CreateSystem(bound), setup => connect(bound, setup));
    }
}
