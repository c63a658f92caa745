using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Heron.Grpc.Tests.References;

/// <summary>The public types of some assemblies, to resolve references against.</summary>
internal sealed class ContractAssemblies
{
    private readonly Dictionary<string, Dictionary<string, ContractType>> _types = [];

    /// <summary>Adds an assembly under the simple name by which others refer to it.</summary>
    public ContractAssemblies Add(string assemblyName, string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        _types[assemblyName] = reader.TypeDefinitions
            .Select(handle => ContractType.Read(reader, handle))
            .OfType<ContractType>()
            .ToDictionary(type => type.Name);
        return this;
    }

    /// <summary>Whether references to an assembly are to be resolved.</summary>
    public bool Covers(string assemblyName) => _types.ContainsKey(assemblyName);

    /// <summary>A type of one assembly; null when it has none of that name.</summary>
    public ContractType? Find(string assemblyName, string typeName) => _types[assemblyName].GetValueOrDefault(typeName);

    /// <summary>A type of any of the assemblies; null when none has it.</summary>
    public ContractType? Find(string typeName) =>
        _types.Values.Select(types => types.GetValueOrDefault(typeName)).FirstOrDefault(type => type is not null);
}
