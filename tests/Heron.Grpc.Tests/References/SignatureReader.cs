using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Heron.Grpc.Tests.References;

/// <summary>Turns signatures into text and reports every type and every generic instance that it meets.</summary>
internal sealed class SignatureReader : ISignatureTypeProvider<TypeText, TypeParameters>
{
    private const byte ValueTypeCode = 0x11;

    /// <summary>Called with each type and whether the signature takes it for a value type.</summary>
    public Action<string, bool>? OnType { get; init; }

    /// <summary>Called with each generic instance.</summary>
    public Action<TypeText>? OnInstance { get; init; }

    /// <summary>A method as text, such as <c>static class System.String Join`1(!!0)</c>.</summary>
    public static string Describe(string name, MethodSignature<TypeText> signature)
    {
        var parameters = string.Join(", ", signature.ParameterTypes.Select(type => type.Text));
        var arity = signature.GenericParameterCount > 0 ? $"`{signature.GenericParameterCount}" : "";
        return $"{(signature.Header.IsInstance ? "" : "static ")}{signature.ReturnType.Text} {name}{arity}({parameters})";
    }

    /// <summary>Full name of a type reference, with the names of the types around it.</summary>
    public static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(reader, (TypeReferenceHandle)type.ResolutionScope)}/{name}"
            : Qualify(reader.GetString(type.Namespace), name);
    }

    /// <summary>Full name of a type definition, with the names of the types around it.</summary>
    public static string NameOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        return type.IsNested
            ? $"{NameOf(reader, type.GetDeclaringType())}/{name}"
            : Qualify(reader.GetString(type.Namespace), name);
    }

    public TypeText GetPrimitiveType(PrimitiveTypeCode typeCode) => new($"{typeCode}");

    public TypeText GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        Named(NameOf(reader, handle), rawTypeKind);

    public TypeText GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Named(NameOf(reader, handle), rawTypeKind);

    public TypeText GetTypeFromSpecification(
        MetadataReader reader, TypeParameters genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public TypeText GetGenericInstantiation(TypeText genericType, ImmutableArray<TypeText> typeArguments)
    {
        var arguments = string.Join(", ", typeArguments.Select(type => type.Text));
        var instance = new TypeText($"{genericType.Text}<{arguments}>", genericType.Name) { Arguments = typeArguments };
        OnInstance?.Invoke(instance);
        return instance;
    }

    public TypeText GetGenericTypeParameter(TypeParameters genericContext, int index) =>
        new($"!{index}") { Constraints = index < genericContext.OfType.Count ? genericContext.OfType[index] : null };

    public TypeText GetGenericMethodParameter(TypeParameters genericContext, int index) =>
        new($"!!{index}") { Constraints = index < genericContext.OfMethod.Count ? genericContext.OfMethod[index] : null };

    public TypeText GetSZArrayType(TypeText elementType) => new($"{elementType.Text}[]");

    public TypeText GetArrayType(TypeText elementType, ArrayShape shape) => new($"{elementType.Text}[{shape.Rank}]");

    public TypeText GetByReferenceType(TypeText elementType) => new($"{elementType.Text}&");

    public TypeText GetPointerType(TypeText elementType) => new($"{elementType.Text}*");

    public TypeText GetPinnedType(TypeText elementType) => elementType;

    public TypeText GetFunctionPointerType(MethodSignature<TypeText> signature) => new(Describe("*", signature));

    public TypeText GetModifiedType(TypeText modifier, TypeText unmodifiedType, bool isRequired) =>
        new($"{unmodifiedType.Text} {(isRequired ? "modreq" : "modopt")}({modifier.Text})", unmodifiedType.Name);

    private static string Qualify(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";

    private TypeText Named(string name, byte rawTypeKind)
    {
        var isValueType = rawTypeKind == ValueTypeCode;
        if (rawTypeKind != 0)
        {
            OnType?.Invoke(name, isValueType);
        }

        return new($"{(isValueType ? "struct" : "class")} {name}", name);
    }
}
