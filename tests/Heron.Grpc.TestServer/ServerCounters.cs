using System.Collections.Concurrent;

namespace Heron.Grpc.TestServer;

/// <summary>What the server counts, so that tests see what happened on the wire.</summary>
public sealed class ServerCounters
{
    private readonly ConcurrentDictionary<string, int> _compressed = new();
    private readonly ConcurrentDictionary<string, int> _decompressed = new();
    private int _connections;

    /// <summary>A client connected.</summary>
    public void CountConnection() => Interlocked.Increment(ref _connections);

    /// <summary>A message was compressed with an encoding.</summary>
    public void CountCompressed(string encoding) => _compressed.AddOrUpdate(encoding, 1, (_, count) => count + 1);

    /// <summary>A message was decompressed with an encoding.</summary>
    public void CountDecompressed(string encoding) => _decompressed.AddOrUpdate(encoding, 1, (_, count) => count + 1);

    /// <summary>The counts so far.</summary>
    public Counts ToMessage()
    {
        var counts = new Counts { Connections = Volatile.Read(ref _connections) };
        counts.Compressed.Add(_compressed);
        counts.Decompressed.Add(_decompressed);
        return counts;
    }
}
