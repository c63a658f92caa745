namespace Heron.Core.Environments;

/// <summary>An entry of the catalogue, its parameters declared by a record.</summary>
/// <typeparam name="TParameters">A record whose settable properties carry <see cref="EnvironmentParameterAttribute"/>.</typeparam>
/// <param name="id">Public name with version.</param>
/// <param name="card">What a user wants to know.</param>
/// <param name="build">Builds the environment for one set of parameters. May throw <see cref="ArgumentException"/> for combinations that do not fit.</param>
public sealed class EnvironmentDefinition<TParameters>(
    string id,
    EnvironmentCard card,
    Func<TParameters, IReadOnlyDictionary<string, object>, EnvironmentFactory> build)
    : EnvironmentDefinition(id, card)
    where TParameters : class, new()
{
    private readonly ParameterBinder<TParameters> _binder = new(id);

    /// <summary>An entry whose environment is an agent tree; its parameters stand in the specification by themselves.</summary>
    /// <param name="id">Public name with version.</param>
    /// <param name="card">What a user wants to know.</param>
    /// <param name="draw">Puts the environment together for one set of parameters, under this id. May throw <see cref="ArgumentException"/> for combinations that do not fit.</param>
    public EnvironmentDefinition(string id, EnvironmentCard card, Func<TParameters, HeronEnvironmentBuilder> draw)
        : this(id, card, (parameters, resolved) => draw(parameters).Build(resolved))
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<EnvironmentParameter> Parameters => _binder.Parameters;

    /// <inheritdoc/>
    public override EnvironmentFactory Configure(IReadOnlyDictionary<string, object>? values = null)
    {
        TParameters parameters = _binder.Bind(values ?? new Dictionary<string, object>());
        EnvironmentFactory factory = build(parameters, _binder.Describe(parameters));
        return factory.Spec.Id == Id
            ? factory
            : throw new InvalidOperationException($"The catalogue entry '{Id}' builds an environment named '{factory.Spec.Id}'; give both the same id.");
    }
}
