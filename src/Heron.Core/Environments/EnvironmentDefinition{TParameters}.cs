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

    /// <inheritdoc/>
    public override IReadOnlyList<EnvironmentParameter> Parameters => _binder.Parameters;

    /// <inheritdoc/>
    public override EnvironmentFactory Configure(IReadOnlyDictionary<string, object>? values = null)
    {
        TParameters parameters = _binder.Bind(values ?? new Dictionary<string, object>());
        return build(parameters, _binder.Describe(parameters));
    }
}
