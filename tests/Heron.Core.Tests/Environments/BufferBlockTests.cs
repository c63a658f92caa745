using System.Buffers.Binary;
using Heron.Core.Environments;

namespace Heron.Core.Tests.Environments;

public sealed class BufferBlockTests
{
    [Fact]
    public void Bytes_AfterWritingRows_HoldThemLittleEndianInOrder()
    {
        var block = new BufferBlock<int>(3, 2);
        block.Row(1)[0] = 0x01020304;
        block.Row(2)[1] = -1;

        Assert.Equal([0, 0, 0x01020304, 0, 0, -1], block.All.ToArray());
        Assert.Equal(24, block.Bytes.Length);
        Assert.Equal([4, 3, 2, 1, 0, 0, 0, 0], block.RowBytes(1, 1).ToArray());
        Assert.Equal(-1, BinaryPrimitives.ReadInt32LittleEndian(block.RowBytes(1, 2).Span[12..]));
    }

    [Fact]
    public void Row_OutOfRange_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new BufferBlock<float>(2, 3).Row(2).Length);
}
