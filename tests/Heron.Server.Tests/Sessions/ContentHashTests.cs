using Heron.Server.Sessions;

namespace Heron.Server.Tests.Sessions;

public class ContentHashTests
{
    [Fact]
    public void Add_AnyFlippedBit_ChangesTheHash()
    {
        byte[] bytes = [.. Enumerable.Range(0, 67).Select(i => (byte)(i * 31))];
        var seen = new HashSet<ulong> { HashOf(bytes) };

        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(seen.Add(HashOf(bytes)), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Add_SameBytesInOtherPieces_ChangesTheHash()
    {
        var together = default(ContentHash);
        together.Add([1, 2, 3, 4]);
        together.Add(ReadOnlySpan<byte>.Empty);
        var apart = default(ContentHash);
        apart.Add([1, 2]);
        apart.Add([3, 4]);

        Assert.NotEqual(together.Value, apart.Value);
    }

    [Fact]
    public void Add_ZerosOfOtherLengths_DifferEach()
    {
        Assert.Equal(40, Enumerable.Range(0, 40).Select(length => HashOf(new byte[length])).Distinct().Count());
    }

    private static ulong HashOf(byte[] bytes)
    {
        var hash = default(ContentHash);
        hash.Add(bytes);
        return hash.Value;
    }
}
