using System.Reflection;
using System.Reflection.Metadata;

namespace Heron.Grpc.Tests.References;

/// <summary>A public type of a contract assembly with what other assemblies may use of it.</summary>
internal sealed class ContractType
{
    private const MethodAttributes AccessMask = MethodAttributes.MemberAccessMask;

    private ContractType(string name) => Name = name;

    /// <summary>Full name.</summary>
    public string Name { get; }

    /// <summary>Whether it is a struct or an enum.</summary>
    public bool IsValueType { get; private init; }

    /// <summary>Constraints of its type parameters.</summary>
    public IReadOnlyList<GenericParameterAttributes> TypeParameters { get; private init; } = [];

    /// <summary>Full name of its base class.</summary>
    public string? BaseName { get; private init; }

    /// <summary>Public and protected fields and methods, as text.</summary>
    public HashSet<string> Members { get; } = [];

    /// <summary>Those methods that a derived class may override, as text.</summary>
    public HashSet<string> Overridable { get; } = [];

    /// <summary>Reads a type; null when other assemblies cannot see it.</summary>
    public static ContractType? Read(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var definition = reader.GetTypeDefinition(handle);
        var visibility = definition.Attributes & TypeAttributes.VisibilityMask;
        if (visibility is not (TypeAttributes.Public or TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem))
        {
            return null;
        }

        var baseName = BaseOf(reader, definition);
        var type = new ContractType(SignatureReader.NameOf(reader, handle))
        {
            BaseName = baseName,
            IsValueType = baseName is "System.ValueType" or "System.Enum",
            TypeParameters = References.TypeParameters.Read(reader, definition.GetGenericParameters()),
        };
        type.AddMembers(reader, definition);
        return type;
    }

    private static string? BaseOf(MetadataReader reader, TypeDefinition definition) => definition.BaseType.Kind switch
    {
        _ when definition.BaseType.IsNil => null,
        HandleKind.TypeReference => SignatureReader.NameOf(reader, (TypeReferenceHandle)definition.BaseType),
        HandleKind.TypeDefinition => SignatureReader.NameOf(reader, (TypeDefinitionHandle)definition.BaseType),
        _ => null,
    };

    private void AddMembers(MetadataReader reader, TypeDefinition definition)
    {
        var signatures = new SignatureReader();
        foreach (var field in definition.GetFields().Select(reader.GetFieldDefinition))
        {
            if ((field.Attributes & FieldAttributes.FieldAccessMask) == FieldAttributes.Public)
            {
                Members.Add($"{field.DecodeSignature(signatures, References.TypeParameters.Unknown).Text} {reader.GetString(field.Name)}");
            }
        }

        foreach (var method in definition.GetMethods().Select(reader.GetMethodDefinition))
        {
            if ((method.Attributes & AccessMask) is not (MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem))
            {
                continue;
            }

            var text = SignatureReader.Describe(
                reader.GetString(method.Name), method.DecodeSignature(signatures, References.TypeParameters.Unknown));
            Members.Add(text);
            if (method.Attributes.HasFlag(MethodAttributes.Virtual) && !method.Attributes.HasFlag(MethodAttributes.Final))
            {
                Overridable.Add(text);
            }
        }
    }
}
