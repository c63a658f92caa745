using System.Buffers;

namespace Grpc.Core;

/// <summary>The bytes of one message, for a deserializer to read once.</summary>
public abstract class DeserializationContext
{
    /// <summary>Length of the message in bytes.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>The message in an array of its own.</summary>
    /// <returns>A new array of <see cref="PayloadLength"/> bytes.</returns>
    /// <exception cref="NotSupportedException">The context offers no array.</exception>
    public virtual byte[] PayloadAsNewBuffer() =>
        throw new NotSupportedException($"{GetType()} offers no array; read PayloadAsReadOnlySequence() instead.");

    /// <summary>The message without a copy; valid only while the deserializer runs.</summary>
    /// <returns>The bytes.</returns>
    /// <exception cref="NotSupportedException">The context offers no sequence.</exception>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() =>
        throw new NotSupportedException($"{GetType()} offers no sequence; read PayloadAsNewBuffer() instead.");
}
