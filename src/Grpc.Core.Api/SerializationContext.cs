using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a serializer puts the bytes of one message: either all at once, or through a buffer writer.</summary>
public abstract class SerializationContext
{
    /// <summary>Ends the message with the bytes given.</summary>
    /// <param name="payload">The whole message; not to be changed afterwards.</param>
    /// <exception cref="NotSupportedException">The context cannot take an array.</exception>
    public virtual void Complete(byte[] payload) =>
        throw new NotSupportedException($"{GetType()} takes no array; write to GetBufferWriter() instead.");

    /// <summary>The buffer to write the message into; <see cref="Complete()"/> ends it.</summary>
    /// <returns>A writer that belongs to this message.</returns>
    /// <exception cref="NotSupportedException">The context has no buffer writer.</exception>
    public virtual IBufferWriter<byte> GetBufferWriter() =>
        throw new NotSupportedException($"{GetType()} has no buffer writer; call Complete(byte[]) instead.");

    /// <summary>Announces the length of the message before the buffer writer is used.</summary>
    /// <param name="payloadLength">Length in bytes.</param>
    public virtual void SetPayloadLength(int payloadLength)
    {
        // A hint that saves a copy; a context without use for it may ignore it.
    }

    /// <summary>Ends the message that was written into the buffer writer.</summary>
    /// <exception cref="NotSupportedException">The context has no buffer writer.</exception>
    public virtual void Complete() =>
        throw new NotSupportedException($"{GetType()} has no buffer writer; call Complete(byte[]) instead.");
}
