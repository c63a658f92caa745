using System.Buffers;

namespace Grpc.Core;

/// <summary>The gRPC rules for metadata keys.</summary>
internal static class MetadataKey
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Puts a key into lower case and checks its letters.</summary>
    /// <exception cref="ArgumentException">The key is empty or has a letter that is not allowed.</exception>
    public static string Normalize(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
#pragma warning disable CA1308 // HTTP/2 demands lower case on the wire.
        var normalized = key.ToLowerInvariant();
#pragma warning restore CA1308
        if (normalized.Length == 0 || normalized.AsSpan().ContainsAnyExcept(Allowed))
        {
            throw new ArgumentException($"Metadata key '{key}' is not valid; keys are made of letters, digits, '.', '_' and '-'.", nameof(key));
        }

        return normalized;
    }

    /// <summary>Whether a normalized key announces a binary value.</summary>
    public static bool IsBinary(string key) => key.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.Ordinal);
}
