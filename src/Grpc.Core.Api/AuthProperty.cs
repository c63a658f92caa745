using System.Text;

namespace Grpc.Core;

/// <summary>One fact about the peer's identity, such as a name in its certificate.</summary>
public class AuthProperty
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly byte[] _valueBytes;

    private AuthProperty(string name, byte[] valueBytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(valueBytes);
        Name = name;
        _valueBytes = (byte[])valueBytes.Clone();
    }

    /// <summary>Name, such as <c>x509_common_name</c>.</summary>
    public string Name { get; }

    /// <summary>Value read as UTF-8.</summary>
    public string Value => Utf8.GetString(_valueBytes);

    /// <summary>A copy of the value's bytes.</summary>
    public byte[] ValueBytes => (byte[])_valueBytes.Clone();

    /// <summary>Creates a property.</summary>
    /// <param name="name">Name.</param>
    /// <param name="valueBytes">Value; copied.</param>
    /// <returns>The property.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static AuthProperty Create(string name, byte[] valueBytes) => new(name, valueBytes);
}
