namespace Grpc.Core;

/// <summary>Hints for one message that is written.</summary>
[Flags]
#pragma warning disable CA1711 // The published name.
public enum WriteFlags
#pragma warning restore CA1711
{
    /// <summary>No hint (0).</summary>
    None = 0,

    /// <summary>The message may wait in a buffer for the next one.</summary>
    BufferHint = 1,

    /// <summary>The message is sent uncompressed even if the call compresses.</summary>
    NoCompress = 2,
}
