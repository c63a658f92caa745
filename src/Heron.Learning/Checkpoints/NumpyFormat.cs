using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Heron.Learning.Checkpoints;

/// <summary>Arrays as numpy writes them: <c>.npy</c>, version 1.0, little-endian float32, row-major.</summary>
internal static class NumpyFormat
{
    // Offset of the header text: magic number, version, length of the header.
    private const int HeaderStart = 10;

    // numpy pads headers so that the data are aligned.
    private const int Alignment = 64;

    private const string Descriptor = "{'descr': '<f4', 'fortran_order': False, 'shape': (";

    /// <summary>Writes an array.</summary>
    public static void Write(Stream stream, IReadOnlyList<int> shape, ReadOnlySpan<float> values)
    {
        string sizes = string.Concat(shape.Select(size => string.Create(CultureInfo.InvariantCulture, $"{size},")));
        string dictionary = $"{Descriptor}{sizes}), }}";
        int length = (HeaderStart + dictionary.Length + 1 + Alignment - 1) / Alignment * Alignment - HeaderStart;
        Span<byte> start = stackalloc byte[HeaderStart];
        start[0] = 0x93;
        "NUMPY"u8.CopyTo(start[1..]);
        start[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(start[8..], (ushort)length);
        stream.Write(start);
        stream.Write(Encoding.ASCII.GetBytes(dictionary.PadRight(length - 1) + "\n"));
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Reads an array that <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is another kind of array, or incomplete.</exception>
    public static (int[] Shape, float[] Values) Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderStart || bytes[0] != 0x93 || !bytes[1..6].SequenceEqual("NUMPY"u8))
        {
            throw new FormatException("is no array of numpy");
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        string header = Encoding.ASCII.GetString(bytes.Slice(HeaderStart, Math.Min(length, bytes.Length - HeaderStart)));
        int end = header.IndexOf(')', StringComparison.Ordinal);
        if (!header.StartsWith(Descriptor, StringComparison.Ordinal) || end < 0)
        {
            throw new FormatException($"is an array of numpy of another kind: {header.Trim()}");
        }

        int[] shape = [.. header[Descriptor.Length..end].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(size => int.Parse(size, NumberStyles.None, CultureInfo.InvariantCulture))];
        float[] values = MemoryMarshal.Cast<byte, float>(bytes[(HeaderStart + length)..]).ToArray();
        int expected = shape.Aggregate(1, (product, size) => product * size);
        return values.Length == expected
            ? (shape, values)
            : throw new FormatException($"has {values.Length} numbers; its shape ({string.Join(", ", shape)}) takes {expected}");
    }
}
