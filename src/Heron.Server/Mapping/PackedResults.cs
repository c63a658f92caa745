using System.Runtime.InteropServices;
using Google.Protobuf;
using Heron.Core.Environments;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>
/// The results of all copies as messages of about 1 MiB. The messages are made once and point into the environment's
/// buffers, so that a step copies nothing: they hold what the buffers hold at the moment they are serialized.
/// </summary>
internal sealed class PackedResults
{
    /// <summary>Size in bytes at which a result is split.</summary>
    public const int ChunkBytes = 1 << 20;

    private readonly VectorEnvironment _environment;
    private readonly Wire.PackedResult[] _chunks;
    private readonly byte[]? _digests;

    /// <param name="environment">The environment whose results are packed.</param>
    /// <param name="digests">Whether results carry a digest of each copy's state.</param>
    public PackedResults(VectorEnvironment environment, bool digests)
    {
        _environment = environment;
        _digests = digests ? new byte[environment.Count * sizeof(uint)] : null;
        int copies = (int)Math.Clamp(ChunkBytes / RowBytes(environment), 1, environment.Count);
        _chunks = new Wire.PackedResult[(environment.Count + copies - 1) / copies];
        for (int i = 0; i < _chunks.Length; i++)
        {
            int first = i * copies;
            int count = Math.Min(copies, environment.Count - first);
            _chunks[i] = Point(first, count, last: i == _chunks.Length - 1);
        }
    }

    /// <summary>Messages per result, at least 1.</summary>
    public int Count => _chunks.Length;

    /// <summary>A message, with the fields that are sent only when something happened set or left out as the buffers say now.</summary>
    /// <param name="index">0 .. <see cref="Count"/> - 1.</param>
    public Wire.PackedResult Refresh(int index)
    {
        Wire.PackedResult chunk = _chunks[index];
        int first = (int)chunk.FirstEnv, count = (int)chunk.EnvCount;
        ReadOnlySpan<byte> flags = _environment.CopyFlags.RowBytes(first, count).Span;
        bool anyReset = flags.ContainsAny((byte)CopyFlags.WasReset, (byte)(CopyFlags.WasReset | CopyFlags.Ended));
        bool anyFinal = _environment.AutoresetMode == AutoresetMode.SameStep && flags.ContainsAny((byte)CopyFlags.Ended, (byte)(CopyFlags.WasReset | CopyFlags.Ended));
        SetSeeds(chunk, anyReset);
        SetFinals(chunk, anyFinal);
        WriteDigests(first, count);
        return chunk;
    }

    /// <summary>A message with all fields set and memory of its own, for a reply that is serialized later.</summary>
    /// <param name="index">0 .. <see cref="Count"/> - 1.</param>
    public Wire.PackedResult CopyOf(int index)
    {
        Wire.PackedResult chunk = Refresh(index);
        SetSeeds(chunk, set: true);
        SetFinals(chunk, set: true);
        return Wire.PackedResult.Parser.ParseFrom(chunk.ToByteArray());
    }

    private static long RowBytes(VectorEnvironment environment)
    {
        long results = (4L * environment.Observations.RowLength) + (5 * environment.Rewards.RowLength) + (4 * environment.Metrics.RowLength);
        long finals = (4L * environment.FinalObservations.RowLength) + environment.FinalAgentFlags.RowLength + (4 * environment.FinalMetrics.RowLength);
        const int FlagsSeedAndDigest = 9;
        return results + finals + environment.Masks.RowLength + FlagsSeedAndDigest;
    }

    private Wire.PackedResult Point(int first, int count, bool last) => new()
    {
        FirstEnv = (uint)first,
        EnvCount = (uint)count,
        Last = last,
        Observations = Wrap(_environment.Observations, first, count),
        Rewards = Wrap(_environment.Rewards, first, count),
        AgentFlags = Wrap(_environment.AgentFlags, first, count),
        EnvFlags = Wrap(_environment.CopyFlags, first, count),
        ActionMasks = Wrap(_environment.Masks, first, count),
        Metrics = Wrap(_environment.Metrics, first, count),
        StateDigests = _digests is null ? ByteString.Empty : UnsafeByteOperations.UnsafeWrap(_digests.AsMemory(first * sizeof(uint), count * sizeof(uint))),
    };

    private void WriteDigests(int first, int count)
    {
        Span<uint> digests = MemoryMarshal.Cast<byte, uint>(_digests.AsSpan());
        for (int copy = first; copy < first + count && !digests.IsEmpty; copy++)
        {
            digests[copy] = _environment.StateDigest(copy);
        }
    }

    private void SetSeeds(Wire.PackedResult chunk, bool set)
    {
        if (set != chunk.EpisodeSeeds.Length > 0)
        {
            chunk.EpisodeSeeds = set ? Wrap(_environment.EpisodeSeeds, (int)chunk.FirstEnv, (int)chunk.EnvCount) : ByteString.Empty;
        }
    }

    private void SetFinals(Wire.PackedResult chunk, bool set)
    {
        if (set == chunk.FinalAgentFlags.Length > 0)
        {
            return;
        }

        int first = (int)chunk.FirstEnv, count = (int)chunk.EnvCount;
        chunk.FinalObservations = set ? Wrap(_environment.FinalObservations, first, count) : ByteString.Empty;
        chunk.FinalAgentFlags = set ? Wrap(_environment.FinalAgentFlags, first, count) : ByteString.Empty;
        chunk.FinalMetrics = set ? Wrap(_environment.FinalMetrics, first, count) : ByteString.Empty;
    }

    private static ByteString Wrap<T>(BufferBlock<T> block, int first, int count)
        where T : unmanaged =>
        UnsafeByteOperations.UnsafeWrap(block.RowBytes(first, count));
}
