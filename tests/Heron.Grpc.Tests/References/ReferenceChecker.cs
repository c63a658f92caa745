using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace Heron.Grpc.Tests.References;

/// <summary>Resolves every reference that an assembly makes to the contract assemblies, as the runtime would when it first uses them.</summary>
internal sealed partial class ReferenceChecker
{
    private static readonly HashSet<string> ObjectMethods = ["ToString", "Equals", "GetHashCode", "Finalize"];

    private readonly MetadataReader _reader;
    private readonly ContractAssemblies _contracts;
    private readonly ReferenceReport _report = new();
    private readonly SignatureReader _signatures;

    private ReferenceChecker(MetadataReader reader, ContractAssemblies contracts)
    {
        _reader = reader;
        _contracts = contracts;
        _signatures = new() { OnType = CheckKind, OnInstance = CheckConstraints };
    }

    /// <summary>Checks an assembly.</summary>
    public static ReferenceReport Check(string path, ContractAssemblies contracts)
    {
        using var file = new PEReader(File.OpenRead(path));
        var checker = new ReferenceChecker(file.GetMetadataReader(), contracts);
        checker.CheckTypes();
        checker.CheckMembers();
        checker.CheckSpecifications();
        checker.CheckDefinitions();
        return checker._report;
    }

    [GeneratedRegex(@"(?<!!)!(\d+)")]
    private static partial Regex TypeParameter();

    private void CheckTypes()
    {
        foreach (var handle in _reader.TypeReferences)
        {
            if (AssemblyOf(handle) is not { } assembly)
            {
                continue;
            }

            _report.Types++;
            var name = SignatureReader.NameOf(_reader, handle);
            if (_contracts.Find(assembly, name) is null)
            {
                _report.Problems.Add($"type [{assembly}]{name}");
            }
        }
    }

    private void CheckMembers()
    {
        foreach (var handle in _reader.MemberReferences)
        {
            var reference = _reader.GetMemberReference(handle);
            var text = DescribeMember(reference);
            if (OwnerOf(reference.Parent) is not { } owner)
            {
                continue;
            }

            _report.Members++;
            if (_contracts.Find(owner) is { } type && !type.Members.Contains(text))
            {
                _report.Problems.Add($"member {owner}: {text}");
            }
        }
    }

    private string DescribeMember(MemberReference reference)
    {
        var name = _reader.GetString(reference.Name);
        return reference.GetKind() == MemberReferenceKind.Field
            ? $"{reference.DecodeFieldSignature(_signatures, TypeParameters.Unknown).Text} {name}"
            : SignatureReader.Describe(name, reference.DecodeMethodSignature(_signatures, TypeParameters.Unknown));
    }

    /// <summary>Reads the remaining signatures for the kinds of the types in them.</summary>
    private void CheckSpecifications()
    {
        for (var row = 1; row <= _reader.GetTableRowCount(TableIndex.StandAloneSig); row++)
        {
            var signature = _reader.GetStandaloneSignature(MetadataTokens.StandaloneSignatureHandle(row));
            if (signature.GetKind() == StandaloneSignatureKind.LocalVariables)
            {
                signature.DecodeLocalSignature(_signatures, TypeParameters.Unknown);
            }
        }

        for (var row = 1; row <= _reader.GetTableRowCount(TableIndex.MethodSpec); row++)
        {
            _reader.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(row))
                .DecodeSignature(_signatures, TypeParameters.Unknown);
        }
    }

    private void CheckDefinitions()
    {
        foreach (var type in _reader.TypeDefinitions.Select(_reader.GetTypeDefinition))
        {
            var ofType = TypeParameters.Read(_reader, type.GetGenericParameters());
            var baseType = BaseOf(type, new(ofType, []));
            foreach (var field in type.GetFields().Select(_reader.GetFieldDefinition))
            {
                field.DecodeSignature(_signatures, new(ofType, []));
            }

            foreach (var method in type.GetMethods().Select(_reader.GetMethodDefinition))
            {
                var ofMethod = TypeParameters.Read(_reader, method.GetGenericParameters());
                var text = SignatureReader.Describe(
                    _reader.GetString(method.Name), method.DecodeSignature(_signatures, new(ofType, ofMethod)));
                CheckOverride(baseType, method, text);
            }
        }
    }

    private TypeText? BaseOf(TypeDefinition type, TypeParameters scope) => type.BaseType.Kind switch
    {
        _ when type.BaseType.IsNil => null,
        HandleKind.TypeReference => _signatures.GetTypeFromReference(_reader, (TypeReferenceHandle)type.BaseType, 0),
        HandleKind.TypeSpecification => _reader.GetTypeSpecification((TypeSpecificationHandle)type.BaseType).DecodeSignature(_signatures, scope),
        _ => null,
    };

    /// <summary>An override without a method to override would silently become a method that nobody calls.</summary>
    private void CheckOverride(TypeText? baseType, MethodDefinition method, string text)
    {
        var overrides = method.Attributes.HasFlag(MethodAttributes.Virtual) && !method.Attributes.HasFlag(MethodAttributes.NewSlot);
        if (!overrides || baseType?.Name is null || _contracts.Find(baseType.Name) is null || ObjectMethods.Contains(_reader.GetString(method.Name)))
        {
            return;
        }

        _report.Overrides++;
        for (var name = baseType.Name; name is not null && _contracts.Find(name) is { } type; name = type.BaseName)
        {
            if (type.Overridable.Any(candidate => Substitute(candidate, baseType.Arguments) == text))
            {
                return;
            }
        }

        _report.Problems.Add($"virtual method {baseType.Name}: {text}");
    }

    private static string Substitute(string text, IReadOnlyList<TypeText> arguments) => arguments.Count == 0
        ? text
        : TypeParameter().Replace(text, match => arguments[int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)].Text);

    private void CheckKind(string name, bool isValueType)
    {
        if (_contracts.Find(name) is { } type && type.IsValueType != isValueType)
        {
            _report.Problems.Add($"{(isValueType ? "struct" : "class")} {name}");
        }
    }

    private void CheckConstraints(TypeText instance)
    {
        if (_contracts.Find(instance.Name!) is not { } type)
        {
            return;
        }

        foreach (var (demanded, argument) in type.TypeParameters.Zip(instance.Arguments))
        {
            if (argument.Constraints is { } given && (demanded & ~given) != 0)
            {
                _report.Problems.Add($"constraint {demanded & ~given} of {type.Name} is too strict for {instance.Text}");
            }
        }
    }

    private string? OwnerOf(EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference when AssemblyOf((TypeReferenceHandle)parent) is not null =>
            SignatureReader.NameOf(_reader, (TypeReferenceHandle)parent),
        HandleKind.TypeSpecification => OwnerOf((TypeSpecificationHandle)parent),
        _ => null,
    };

    private string? OwnerOf(TypeSpecificationHandle parent)
    {
        var name = _reader.GetTypeSpecification(parent).DecodeSignature(_signatures, TypeParameters.Unknown).Name;
        return name is not null && _contracts.Find(name) is not null ? name : null;
    }

    private string? AssemblyOf(TypeReferenceHandle handle)
    {
        var scope = _reader.GetTypeReference(handle).ResolutionScope;
        if (scope.Kind == HandleKind.TypeReference)
        {
            return AssemblyOf((TypeReferenceHandle)scope);
        }

        if (scope.Kind != HandleKind.AssemblyReference)
        {
            return null;
        }

        var name = _reader.GetString(_reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name);
        return _contracts.Covers(name) ? name : null;
    }
}
