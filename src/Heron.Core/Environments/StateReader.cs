using System.Buffers.Binary;
using System.Text;

namespace Heron.Core.Environments;

/// <summary>Reads what <see cref="StateWriter"/> wrote; a length that does not fit is an <see cref="ArgumentException"/>.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _rest = source;

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Read(sizeof(int)));

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
