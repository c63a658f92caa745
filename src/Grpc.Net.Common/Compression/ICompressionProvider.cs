using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>A way to compress messages.</summary>
public interface ICompressionProvider
{
    /// <summary>Name on the wire (<c>grpc-encoding</c>), such as <c>gzip</c>.</summary>
    string EncodingName { get; }

    /// <summary>Opens a stream that compresses what is written to it.</summary>
    /// <param name="stream">Takes the compressed bytes; stays open when the new stream is disposed.</param>
    /// <param name="compressionLevel">Level; null: the provider's own.</param>
    /// <returns>The compressing stream.</returns>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>Opens a stream from which decompressed bytes are read.</summary>
    /// <param name="stream">Gives the compressed bytes.</param>
    /// <returns>The decompressing stream.</returns>
    Stream CreateDecompressionStream(Stream stream);
}
