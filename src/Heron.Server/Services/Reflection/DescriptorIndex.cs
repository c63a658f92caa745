using Google.Protobuf;
using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Heron.Server.Services.Reflection;

/// <summary>Finds the proto file that declares a name, and all files that it needs.</summary>
internal sealed class DescriptorIndex
{
    private readonly Dictionary<string, FileDescriptor> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _bySymbol = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<int, FileDescriptor>> _extensions = new(StringComparer.Ordinal);

    /// <summary>Indexes files and everything that they import.</summary>
    public DescriptorIndex(IEnumerable<FileDescriptor> files)
    {
        foreach (FileDescriptor file in files)
        {
            Add(file);
        }
    }

    public FileDescriptor? FindFile(string name) => _byName.GetValueOrDefault(name);

    /// <param name="symbol">Full name of a service, method, message, field, oneof, enum or enum value.</param>
    public FileDescriptor? FindSymbol(string symbol) => _bySymbol.GetValueOrDefault(symbol);

    public FileDescriptor? FindExtension(string message, int number) => _extensions.GetValueOrDefault(message)?.GetValueOrDefault(number);

    /// <summary>Numbers of the extensions of a message in ascending order; null when there is no such message.</summary>
    public IEnumerable<int>? ExtensionNumbers(string message) => _extensions.TryGetValue(message, out SortedDictionary<int, FileDescriptor>? numbers) ? numbers.Keys : null;

    /// <summary>A file and, after it, all that it imports, directly or not, each once.</summary>
    public static IEnumerable<ByteString> WithImports(FileDescriptor file)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { file.Name };
        var waiting = new Queue<FileDescriptor>([file]);
        while (waiting.TryDequeue(out FileDescriptor? next))
        {
            yield return next.SerializedData;
            foreach (FileDescriptor import in next.Dependencies.Where(import => seen.Add(import.Name)))
            {
                waiting.Enqueue(import);
            }
        }
    }

    private void Add(FileDescriptor file)
    {
        if (!_byName.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (FileDescriptor import in file.Dependencies)
        {
            Add(import);
        }

        foreach (ServiceDescriptor service in file.Services)
        {
            AddSymbols(file, [service, .. service.Methods]);
        }

        foreach (EnumDescriptor type in file.EnumTypes)
        {
            Add(file, type);
        }

        foreach (MessageDescriptor message in file.MessageTypes)
        {
            Add(file, message);
        }

        AddExtensions(file, file.Extensions.UnorderedExtensions);
    }

    private void Add(FileDescriptor file, MessageDescriptor message)
    {
        _extensions.TryAdd(message.FullName, []);
        AddSymbols(file, [message, .. message.Fields.InDeclarationOrder(), .. message.Oneofs]);
        AddExtensions(file, message.Extensions.UnorderedExtensions);
        foreach (EnumDescriptor type in message.EnumTypes)
        {
            Add(file, type);
        }

        foreach (MessageDescriptor nested in message.NestedTypes)
        {
            Add(file, nested);
        }
    }

    private void Add(FileDescriptor file, EnumDescriptor type)
    {
        // The values of an enum are named as its neighbours, not as its members.
        string scope = type.FullName[..(type.FullName.LastIndexOf('.') + 1)];
        AddSymbols(file, [type]);
        foreach (EnumValueDescriptor value in type.Values)
        {
            _bySymbol.TryAdd(scope + value.Name, file);
        }
    }

    private void AddSymbols(FileDescriptor file, IEnumerable<IDescriptor> descriptors)
    {
        foreach (IDescriptor descriptor in descriptors)
        {
            _bySymbol.TryAdd(descriptor.FullName, file);
        }
    }

    private void AddExtensions(FileDescriptor file, IEnumerable<FieldDescriptor> extensions)
    {
        foreach (FieldDescriptor extension in extensions)
        {
            _bySymbol.TryAdd(extension.FullName, file);
            _extensions.TryAdd(extension.ExtendeeType.FullName, []);
            _extensions[extension.ExtendeeType.FullName].TryAdd(extension.FieldNumber, file);
        }
    }
}
