using System.IO.Compression;
using Grpc.Net.Compression;

namespace Heron.Grpc.Tests.Contracts;

public class CompressionProviderTests
{
    private static readonly byte[] Message = [.. Enumerable.Repeat((byte)7, 10_000)];

    public static TheoryData<ICompressionProvider, string, byte[]> Providers => new()
    {
        // First bytes: RFC 1952 for gzip; RFC 1950 for deflate with a 32 KiB window and the fastest level.
        { new GzipCompressionProvider(CompressionLevel.Fastest), "gzip", [0x1F, 0x8B] },
        { new DeflateCompressionProvider(CompressionLevel.Fastest), "deflate", [0x78, 0x01] },
    };

    [Theory]
    [MemberData(nameof(Providers))]
    public void Compress_ThenDecompress_GivesTheMessage(ICompressionProvider provider, string name, byte[] start)
    {
        using var compressed = new MemoryStream();
        using (var compressor = provider.CreateCompressionStream(compressed, null))
        {
            compressor.Write(Message);
        }

        compressed.Position = 0;
        using var result = new MemoryStream();
        using var decompressor = provider.CreateDecompressionStream(compressed);
        decompressor.CopyTo(result);

        Assert.Equal(name, provider.EncodingName);
        Assert.Equal(start, compressed.ToArray()[..2]);
        Assert.True(compressed.Length < Message.Length / 10, $"{Message.Length} bytes became {compressed.Length}.");
        Assert.Equal(Message, result.ToArray());
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Compress_WithALevel_OverridesTheDefault(ICompressionProvider provider, string name, byte[] start)
    {
        using var compressed = new MemoryStream();
        using (var compressor = provider.CreateCompressionStream(compressed, CompressionLevel.NoCompression))
        {
            compressor.Write(Message);
        }

        Assert.True(compressed.Length > Message.Length, $"{name} ({start.Length}) compressed in spite of the level.");
    }
}
