using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Heron.Core.Environments;

/// <summary>A hash of bytes that is the same in every process and on every machine; not a protection against forgery.</summary>
internal struct StateHash
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    private ulong _hash;

    public void Add(ulong value) => _hash = BitOperations.RotateLeft((_hash ^ value) * Prime, 29);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add((ulong)bytes.Length);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        ulong rest = 0;
        foreach (byte value in bytes)
        {
            rest = (rest << 8) | value;
        }

        Add(rest);
    }

    public void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    public readonly ulong ToUInt64()
    {
        ulong z = _hash;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public readonly uint ToUInt32() => (uint)(ToUInt64() >> 32);
}
