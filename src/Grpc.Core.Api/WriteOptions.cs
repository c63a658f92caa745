namespace Grpc.Core;

/// <summary>How the messages of a call are written.</summary>
public class WriteOptions
{
    /// <summary>No flags.</summary>
    public static readonly WriteOptions Default = new();

    /// <summary>Creates options.</summary>
    /// <param name="flags">Hints; none by default.</param>
    public WriteOptions(WriteFlags flags = default) => Flags = flags;

    /// <summary>Hints for every message written.</summary>
    public WriteFlags Flags { get; }
}
