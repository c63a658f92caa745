using System.Buffers.Binary;
using System.Numerics;

namespace Heron.Learning.Reporting;

/// <summary>The checksum of TensorBoard's record files: CRC-32C (Castagnoli), rotated and shifted.</summary>
internal static class MaskedCrc32C
{
    private const int Rotation = 15;
    private const uint Offset = 0xA282EAD8;

    /// <summary>Computes it.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Crc32C(bytes), Rotation) + Offset;

    private static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
