using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Heron.Core.Environments;

namespace Heron.Core.Scheduling;

/// <summary>Rows of bytes of one length, taken and given back: what events carry. Allocates only to grow.</summary>
/// <param name="rowBytes">Bytes in a row.</param>
/// <remarks>Taking a row may move all others: keep slots, not spans.</remarks>
internal sealed class RowPool(int rowBytes)
{
    /// <summary>Most bytes of all rows, so that no schedule fills the memory.</summary>
    public const int MaximumBytes = 1 << 27;

    private const int NoSlot = -1;
    private const int FirstRows = 8;
    private const int Alignment = sizeof(long);

    private readonly int _rowBytes = Align(rowBytes);
    private byte[] _bytes = [];
    private int[] _next = [];
    private int _count;
    private int _free = NoSlot;

    public static int Align(int bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    /// <summary>A row with any content.</summary>
    /// <exception cref="EventOverflowException">The rows would take more than <see cref="MaximumBytes"/>.</exception>
    public int Take()
    {
        if (_free != NoSlot)
        {
            int slot = _free;
            _free = _next[slot];
            return slot;
        }

        if (_count == _next.Length)
        {
            int rows = Math.Max(FirstRows, 2 * _count);
            if ((long)rows * _rowBytes > MaximumBytes)
            {
                throw new EventOverflowException($"{_count} events that wait to happen carry {(long)_count * _rowBytes} bytes, the most that a copy holds");
            }

            Array.Resize(ref _next, rows);
            Array.Resize(ref _bytes, rows * _rowBytes);
        }

        return _count++;
    }

    public void Free(int slot)
    {
        _next[slot] = _free;
        _free = slot;
    }

    public void Clear()
    {
        _count = 0;
        _free = NoSlot;
    }

    public Span<byte> Row(int slot) => _bytes.AsSpan(slot * _rowBytes, _rowBytes);

    public ref T Head<T>(int slot)
        where T : unmanaged => ref MemoryMarshal.AsRef<T>(_bytes.AsSpan(slot * _rowBytes, Unsafe.SizeOf<T>()));

    public Span<T> Slice<T>(int slot, int offset, int count)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(_bytes.AsSpan((slot * _rowBytes) + offset, count * Unsafe.SizeOf<T>()));

    public int ByteCount => (2 * sizeof(int)) + (_count * (sizeof(int) + _rowBytes));

    public void Save(ref StateWriter writer)
    {
        writer.Write(_count);
        writer.Write(_free);
        writer.WriteAll<int>(_next.AsSpan(0, _count));
        writer.Write(_bytes.AsSpan(0, _count * _rowBytes));
    }

    public void Load(ref StateReader reader)
    {
        _count = reader.ReadInt32();
        _free = reader.ReadInt32();
        reader.ReadAll(ref _next, _count);
        ReadOnlySpan<byte> rows = reader.Read(checked(_count * _rowBytes));

        // The two arrays grow together.
        if (_bytes.Length < _next.Length * _rowBytes)
        {
            _bytes = new byte[_next.Length * _rowBytes];
        }

        rows.CopyTo(_bytes);
    }
}
