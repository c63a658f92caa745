using System.Reflection;

namespace Heron.Grpc.Tests.References;

/// <summary>A type in a signature, as text that is the same in every assembly.</summary>
/// <param name="Text">Text with kind and arguments, such as <c>class Grpc.Core.Method`2&lt;!!0, !!1&gt;</c>.</param>
/// <param name="Name">Full name of the definition; null for arrays, type parameters and the like.</param>
internal sealed record TypeText(string Text, string? Name = null)
{
    /// <summary>Type arguments.</summary>
    public IReadOnlyList<TypeText> Arguments { get; init; } = [];

    /// <summary>Constraints of a type parameter; null for other types and where the declaration is not known.</summary>
    public GenericParameterAttributes? Constraints { get; init; }
}
