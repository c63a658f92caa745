using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Heron.Core.Environments;

/// <summary>One number or more per copy of a vector environment, shape (copies, row length), row-major in one piece of memory.</summary>
/// <typeparam name="T">float, int, uint or a one-byte type.</typeparam>
/// <remarks>The memory is a byte array in the machine's byte order (little-endian on every supported one), so that it can go onto the wire as it is.</remarks>
public sealed class BufferBlock<T>
    where T : unmanaged
{
    private readonly byte[] _bytes;
    private readonly int _rowBytes;

    internal BufferBlock(int count, int rowLength)
    {
        RowLength = rowLength;
        _rowBytes = rowLength * Unsafe.SizeOf<T>();
        long size = (long)count * _rowBytes;
        if (size > Array.MaxLength)
        {
            throw new ArgumentException($"{count} copies of {rowLength} numbers take {size} bytes; a block holds at most {Array.MaxLength}. Use fewer copies.", nameof(count));
        }

        _bytes = new byte[size];
    }

    /// <summary>Numbers per copy, 0 or more.</summary>
    public int RowLength { get; }

    /// <summary>All rows, shape (copies * <see cref="RowLength"/>).</summary>
    public Span<T> All => MemoryMarshal.Cast<byte, T>(_bytes.AsSpan());

    /// <summary>The same memory as bytes, all rows.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The row of one copy, shape (<see cref="RowLength"/>).</summary>
    /// <param name="copy">Index of the copy, from 0.</param>
    public Span<T> Row(int copy) => MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(copy * _rowBytes, _rowBytes));

    /// <summary>Some rows as bytes.</summary>
    /// <param name="first">The first copy.</param>
    /// <param name="count">How many copies.</param>
    public ReadOnlyMemory<byte> RowBytes(int first, int count) => _bytes.AsMemory(first * _rowBytes, count * _rowBytes);

    internal Memory<byte> WritableBytes => _bytes;
}
