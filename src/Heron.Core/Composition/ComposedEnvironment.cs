using Heron.Core.Environments;

namespace Heron.Core.Composition;

/// <summary>An entry of the catalogue of environments whose agents, coordinators and simulation are named in its parameters.</summary>
public sealed class ComposedEnvironment : EnvironmentDefinition
{
    private readonly CompositionCatalog _catalog;
    private readonly IReadOnlyDictionary<string, object> _example;
    private readonly ParameterBinder<CompositionParameters> _binder;

    /// <summary>Declares the entry.</summary>
    /// <param name="id">Public name with version.</param>
    /// <param name="card">What a user wants to know; what the catalogue offers is added to its description.</param>
    /// <param name="catalog">What there is to compose; complete by now.</param>
    /// <param name="example">Values of parameters for a small environment, which is the default.</param>
    /// <exception cref="ArgumentException">The example does not work.</exception>
    public ComposedEnvironment(string id, EnvironmentCard card, CompositionCatalog catalog, IReadOnlyDictionary<string, object> example)
        : base(id, card with { Description = $"{card.Description.TrimEnd()}\n\n{CatalogText.Of(catalog)}" })
    {
        _catalog = catalog;
        _example = example;
        _binder = new ParameterBinder<CompositionParameters>(id);
        Parameters = [.. _binder.Parameters.Select(parameter => example.TryGetValue(parameter.Name, out object? value) ? parameter with { Default = value } : parameter)];
        Configure(example);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<EnvironmentParameter> Parameters { get; }

    /// <inheritdoc/>
    public override EnvironmentFactory Configure(IReadOnlyDictionary<string, object>? values = null)
    {
        var named = new Dictionary<string, object>(values ?? new Dictionary<string, object>(), StringComparer.Ordinal);
        bool isExample = !CompositionParameters.NameParts(named);
        foreach ((string name, object value) in _example.Where(_ => isExample))
        {
            named.TryAdd(name, value);
        }

        CompositionParameters parameters = _binder.Bind(named);
        return new Composer(Id, _catalog, parameters).Build(_binder.Describe(parameters));
    }
}
