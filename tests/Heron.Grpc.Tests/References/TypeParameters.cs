using System.Reflection;
using System.Reflection.Metadata;

namespace Heron.Grpc.Tests.References;

/// <summary>Constraints of the type parameters that are in scope where a signature stands.</summary>
/// <param name="OfType">Those of the class, in order.</param>
/// <param name="OfMethod">Those of the method, in order.</param>
internal sealed record TypeParameters(
    IReadOnlyList<GenericParameterAttributes> OfType,
    IReadOnlyList<GenericParameterAttributes> OfMethod)
{
    private const GenericParameterAttributes Special = GenericParameterAttributes.SpecialConstraintMask;

    /// <summary>Nothing in scope is known.</summary>
    public static TypeParameters Unknown { get; } = new([], []);

    /// <summary>Reads the constraints <c>class</c>, <c>struct</c> and <c>new()</c>.</summary>
    public static IReadOnlyList<GenericParameterAttributes> Read(MetadataReader reader, GenericParameterHandleCollection handles) =>
        [.. handles.Select(handle => reader.GetGenericParameter(handle).Attributes & Special)];
}
