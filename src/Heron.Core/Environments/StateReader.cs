using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Heron.Core.Environments;

/// <summary>Reads what <see cref="StateWriter"/> wrote; a length that does not fit is an <see cref="ArgumentException"/>.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _rest = source;

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Read(sizeof(int)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Read(sizeof(long)));

    /// <summary>Reads values as they stand in memory into an array that grows if it is too short.</summary>
    public void ReadAll<T>(ref T[] values, int count)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = Read(checked(count * Unsafe.SizeOf<T>()));
        if (values.Length < count)
        {
            values = new T[BitOperations.RoundUpToPowerOf2((uint)count)];
        }

        MemoryMarshal.Cast<byte, T>(bytes).CopyTo(values);
    }

    /// <summary>Reads values as they stand in memory into a span of exactly their number.</summary>
    public void ReadAll<T>(Span<T> values)
        where T : unmanaged => Read(values.Length * Unsafe.SizeOf<T>()).CopyTo(MemoryMarshal.AsBytes(values));

    public string ReadText() => Encoding.UTF8.GetString(Read(ReadInt32()));

    public ReadOnlySpan<byte> Read(int length)
    {
        if ((uint)length > (uint)_rest.Length)
        {
            throw new ArgumentException($"The saved state is damaged: {length} bytes are missing where {_rest.Length} are left.");
        }

        ReadOnlySpan<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    public readonly void ExpectEnd()
    {
        if (_rest.Length > 0)
        {
            throw new ArgumentException($"The saved state is damaged: {_rest.Length} bytes are left over.");
        }
    }
}
