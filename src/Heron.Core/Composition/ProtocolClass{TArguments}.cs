using Heron.Core.Environments;
using Heron.Core.Protocols;

namespace Heron.Core.Composition;

/// <summary>A kind of protocol, its arguments declared by a record.</summary>
/// <typeparam name="TArguments">A record whose settable properties carry <see cref="EnvironmentParameterAttribute"/>.</typeparam>
/// <param name="name">In snake_case.</param>
/// <param name="summary">What it is and does, in a few sentences.</param>
/// <param name="create">Makes a protocol, a new one for each coordinator. May throw <see cref="ArgumentException"/> for arguments that do not fit each other.</param>
public sealed class ProtocolClass<TArguments>(string name, string summary, Func<TArguments, Protocol> create) : ProtocolClass(name, summary)
    where TArguments : class, new()
{
    private readonly ParameterBinder<TArguments> _binder = new($"protocol '{name}'");

    /// <inheritdoc/>
    public override IReadOnlyList<EnvironmentParameter> Parameters => _binder.Parameters;

    internal override Protocol Create(IReadOnlyDictionary<string, object> arguments, string environmentId, string path)
    {
        TArguments bound = _binder.Bind(arguments, environmentId, path);
        try
        {
            return create(bound);
        }
        catch (ArgumentException error)
        {
            throw CompositionException.At(environmentId, path, error);
        }
    }
}
