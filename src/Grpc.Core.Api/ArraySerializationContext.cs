using System.Buffers;

namespace Grpc.Core;

/// <summary>Collects a message into an array.</summary>
internal sealed class ArraySerializationContext : SerializationContext
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private byte[]? _payload;

    /// <summary>The completed message.</summary>
    /// <exception cref="InvalidOperationException">The serializer did not call Complete.</exception>
    public byte[] Payload => _payload
        ?? throw new InvalidOperationException("The serializer ended without calling Complete on its context.");

    public override void Complete(byte[] payload) => _payload = payload;

    public override IBufferWriter<byte> GetBufferWriter() => _buffer;

    public override void Complete() => _payload = _buffer.WrittenSpan.ToArray();
}
