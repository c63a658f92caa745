using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Heron.Core.Environments;

/// <summary>Fills a span front to back, little-endian.</summary>
internal ref struct StateWriter(Span<byte> destination)
{
    private Span<byte> _rest = destination;

    public void Write(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    public void Write(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    public void Write(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Writes bytes with their length in front.</summary>
    public void WriteText(ReadOnlySpan<byte> utf8)
    {
        Write(utf8.Length);
        Write(utf8);
    }

    /// <summary>Writes values as they stand in memory, without their number.</summary>
    public void WriteAll<T>(ReadOnlySpan<T> values)
        where T : unmanaged => Write(MemoryMarshal.AsBytes(values));

    /// <summary>Bytes that so many values take.</summary>
    public static int BytesOf<T>(int count)
        where T : unmanaged => count * Unsafe.SizeOf<T>();

    /// <summary>The next bytes, for the caller to fill.</summary>
    public Span<byte> Take(int length)
    {
        Span<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
