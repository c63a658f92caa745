using System.IO.Compression;
using Grpc.Net.Compression;

namespace Heron.Grpc.TestServer;

/// <summary>Counts the messages that go through another provider.</summary>
public sealed class CountingCompressionProvider(ICompressionProvider inner, ServerCounters counters) : ICompressionProvider
{
    /// <inheritdoc/>
    public string EncodingName => inner.EncodingName;

    /// <inheritdoc/>
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel)
    {
        counters.CountCompressed(EncodingName);
        return inner.CreateCompressionStream(stream, compressionLevel);
    }

    /// <inheritdoc/>
    public Stream CreateDecompressionStream(Stream stream)
    {
        counters.CountDecompressed(EncodingName);
        return inner.CreateDecompressionStream(stream);
    }
}
