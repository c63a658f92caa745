using Heron.Core.Agents;
using Heron.Core.Environments;

namespace Heron.Core.Composition;

/// <summary>A kind of agent, its arguments declared by a record.</summary>
/// <typeparam name="TAgent">What it makes: a field agent or a coordinator. The system agent belongs to the simulation.</typeparam>
/// <typeparam name="TArguments">A record whose settable properties carry <see cref="EnvironmentParameterAttribute"/>.</typeparam>
public sealed class AgentClass<TAgent, TArguments> : AgentClass
    where TAgent : Agent
    where TArguments : class, new()
{
    private readonly Func<TArguments, AgentPlace, TAgent> _create;
    private readonly ParameterBinder<TArguments> _binder;

    /// <summary>Declares a kind of agent.</summary>
    /// <param name="name">In snake_case.</param>
    /// <param name="summary">What it is and does, in a few sentences.</param>
    /// <param name="create">Makes one agent, with the id of its place. May throw <see cref="ArgumentException"/> for arguments that do not fit each other.</param>
    /// <exception cref="ArgumentException">It makes neither field agents nor coordinators.</exception>
    public AgentClass(string name, string summary, Func<TArguments, AgentPlace, TAgent> create)
        : base(name, summary, typeof(TAgent))
    {
        if (!typeof(FieldAgent).IsAssignableFrom(typeof(TAgent)) && !typeof(CoordinatorAgent).IsAssignableFrom(typeof(TAgent)))
        {
            throw new ArgumentException($"Agent class '{name}' makes a {typeof(TAgent).Name}, which is neither a FieldAgent nor a CoordinatorAgent; derive it from one of them.", nameof(name));
        }

        _create = create;
        _binder = new ParameterBinder<TArguments>($"agent class '{name}'");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<EnvironmentParameter> Parameters => _binder.Parameters;

    internal override Func<AgentPlace, Agent> Prepare(IReadOnlyDictionary<string, object> arguments, string environmentId, string path)
    {
        TArguments bound = _binder.Bind(arguments, environmentId, path);
        return place => _create(bound, place);
    }
}
