using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Heron.Server.Tests.Shared;

/// <summary>Packed blocks as numbers.</summary>
public static class WireBytes
{
    public static float[] Floats(ByteString bytes) => MemoryMarshal.Cast<byte, float>(bytes.Span).ToArray();

    public static uint[] UInts(ByteString bytes) => MemoryMarshal.Cast<byte, uint>(bytes.Span).ToArray();

    public static ByteString From<T>(params ReadOnlySpan<T> values)
        where T : unmanaged => ByteString.CopyFrom(MemoryMarshal.AsBytes(values));
}
