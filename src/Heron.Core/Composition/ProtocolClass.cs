using Heron.Core.Protocols;

namespace Heron.Core.Composition;

/// <summary>A kind of protocol that users give to a coordinator by name.</summary>
public abstract class ProtocolClass : CatalogEntry
{
    private protected ProtocolClass(string name, string summary)
        : base(name, summary)
    {
    }

    /// <summary>Makes a protocol.</summary>
    /// <param name="arguments">By name.</param>
    /// <param name="environmentId">Whose protocol it is, for messages.</param>
    /// <param name="path">Where in the parameters the arguments stand, for messages.</param>
    /// <exception cref="ArgumentException">An argument is unknown or wrong.</exception>
    internal abstract Protocol Create(IReadOnlyDictionary<string, object> arguments, string environmentId, string path);
}
