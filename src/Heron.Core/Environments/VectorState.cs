using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Heron.Core.Environments;

/// <summary>The saved form of a vector environment.</summary>
/// <remarks>
/// Layout, little-endian: mark, checksum of the rest, format version; texts that say what it fits (environment,
/// parameters, agents); number of copies; whether final blocks follow; status of each copy; result blocks;
/// final blocks; and per copy the length and bytes of its own state, none for one that was never reset.
/// </remarks>
internal sealed class VectorState(VectorEnvironment vector, IMultiAgentEnvironment[] copies, EpisodeStatus[] statuses)
{
    private const uint Mark = 0x53_4E_52_48; // "HRNS"
    private const int FormatVersion = 1;
    private const int ChecksumEnd = sizeof(uint) + sizeof(ulong);

    private readonly byte[] _environment = Encoding.UTF8.GetBytes(vector.Spec.Id);
    private readonly byte[] _parameters = Encoding.UTF8.GetBytes(DescribeParameters(vector.Spec));
    private readonly byte[] _agents = Encoding.UTF8.GetBytes(DescribeAgents(vector.Spec));

    private readonly Memory<byte>[] _results =
    [
        vector.Observations.WritableBytes, vector.Rewards.WritableBytes, vector.AgentFlags.WritableBytes,
        vector.CopyFlags.WritableBytes, vector.Masks.WritableBytes, vector.Metrics.WritableBytes,
        vector.EpisodeSeeds.WritableBytes, vector.EpisodeSteps.WritableBytes,
    ];

    private readonly (Memory<byte> Last, Memory<byte> Final)[] _finals =
    [
        (vector.Observations.WritableBytes, vector.FinalObservations.WritableBytes),
        (vector.AgentFlags.WritableBytes, vector.FinalAgentFlags.WritableBytes),
        (vector.Metrics.WritableBytes, vector.FinalMetrics.WritableBytes),
    ];

    private int FixedByteCount
    {
        get
        {
            int size = ChecksumEnd
                + (6 * sizeof(int)) + _environment.Length + _parameters.Length + _agents.Length
                + (vector.Count * (sizeof(EpisodeStatus) + sizeof(int)));
            foreach (Memory<byte> block in _results)
            {
                size += block.Length;
            }

            foreach ((_, Memory<byte> final) in _finals)
            {
                size += final.Length;
            }

            return size;
        }
    }

    private bool HasFinals => vector.AutoresetMode == AutoresetMode.SameStep;

    public int ByteCount
    {
        get
        {
            int size = FixedByteCount;
            for (int copy = 0; copy < copies.Length; copy++)
            {
                size = checked(size + LengthOf(copy));
            }

            return size;
        }
    }

    public void Save(Span<byte> destination)
    {
        int size = ByteCount;
        if (destination.Length != size)
        {
            throw new ArgumentException($"The saved state takes {size} bytes; the destination has {destination.Length}.", nameof(destination));
        }

        var writer = new StateWriter(destination[ChecksumEnd..]);
        writer.Write(FormatVersion);
        writer.WriteText(_environment);
        writer.WriteText(_parameters);
        writer.WriteText(_agents);
        writer.Write(vector.Count);
        writer.Write(HasFinals ? 1 : 0);
        writer.Write(MemoryMarshal.AsBytes(statuses.AsSpan()));
        foreach (Memory<byte> block in _results)
        {
            writer.Write(block.Span);
        }

        foreach ((_, Memory<byte> final) in _finals)
        {
            writer.Write(final.Span);
        }

        for (int copy = 0; copy < copies.Length; copy++)
        {
            int length = LengthOf(copy);
            writer.Write(length);
            Span<byte> own = writer.Take(length);
            if (HasStarted(copy))
            {
                copies[copy].SaveState(own);
            }
        }

        BinaryPrimitives.WriteUInt32LittleEndian(destination, Mark);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[sizeof(uint)..], Checksum(destination));
    }

    public void Load(ReadOnlySpan<byte> source)
    {
        StateReader reader = OpenChecked(source);
        bool savedFinals = reader.ReadInt32() != 0;

        // A copy may refuse its part after others have taken theirs; then all go back to where they were.
        byte[] before = new byte[ByteCount];
        Save(before);
        try
        {
            LoadParts(ref reader, savedFinals);
        }
        catch (ArgumentException)
        {
            StateReader back = OpenChecked(before);
            bool hadFinals = back.ReadInt32() != 0;
            LoadParts(ref back, hadFinals);
            throw;
        }

        AdaptToMode(savedFinals);
    }

    public uint Digest(int copy, ref byte[] scratch)
    {
        int length = LengthOf(copy);
        if (scratch.Length < length)
        {
            scratch = new byte[length];
        }

        Span<byte> own = scratch.AsSpan(0, length);
        if (HasStarted(copy))
        {
            copies[copy].SaveState(own);
        }

        // Observations are left out: those of agents that are not observed are remnants that decide nothing.
        var hash = default(StateHash);
        hash.Add(own);
        hash.Add(MemoryMarshal.AsBytes(vector.AgentFlags.Row(copy)));
        hash.Add(vector.EpisodeSeeds.All[copy]);
        hash.Add((ulong)vector.EpisodeSteps.All[copy]);
        return hash.ToUInt32();
    }

    private StateReader OpenChecked(ReadOnlySpan<byte> source)
    {
        if (source.Length < ChecksumEnd + sizeof(int) || BinaryPrimitives.ReadUInt32LittleEndian(source) != Mark)
        {
            throw new ArgumentException($"These {source.Length} bytes are no saved state; pass what SaveState returned.", nameof(source));
        }

        var reader = new StateReader(source[ChecksumEnd..]);
        int version = reader.ReadInt32();
        Check("format version", version.ToString(CultureInfo.InvariantCulture), FormatVersion.ToString(CultureInfo.InvariantCulture));
        if (BinaryPrimitives.ReadUInt64LittleEndian(source[sizeof(uint)..]) != Checksum(source))
        {
            throw new ArgumentException("The saved state is damaged: its checksum does not fit its bytes.", nameof(source));
        }

        Check("environment", reader.ReadText(), Encoding.UTF8.GetString(_environment));
        Check("parameters", reader.ReadText(), Encoding.UTF8.GetString(_parameters));
        Check("agents", reader.ReadText(), Encoding.UTF8.GetString(_agents));
        int count = reader.ReadInt32();
        Check("number of copies", count.ToString(CultureInfo.InvariantCulture), vector.Count.ToString(CultureInfo.InvariantCulture));
        return reader;
    }

    private static void Check(string what, string saved, string here)
    {
        if (saved != here)
        {
            throw new ArgumentException($"The saved state does not fit: its {what} is {saved}, here it is {here}.");
        }
    }

    private void LoadParts(ref StateReader reader, bool savedFinals)
    {
        reader.Read(statuses.Length).CopyTo(MemoryMarshal.AsBytes(statuses.AsSpan()));
        foreach (Memory<byte> block in _results)
        {
            reader.Read(block.Length).CopyTo(block.Span);
        }

        foreach ((Memory<byte> last, Memory<byte> final) in _finals)
        {
            // Without same-step resets the final rows are empty, and what was saved for them is passed over.
            ReadOnlySpan<byte> saved = reader.Read(savedFinals ? last.Length : 0);
            saved[..Math.Min(saved.Length, final.Length)].CopyTo(final.Span);
        }

        for (int copy = 0; copy < copies.Length; copy++)
        {
            ReadOnlySpan<byte> own = reader.Read(reader.ReadInt32());
            if (HasStarted(copy))
            {
                copies[copy].LoadState(own);
            }
        }

        reader.ExpectEnd();
    }

    /// <summary>Results that were saved under another autoreset mode are told in the words of this one.</summary>
    private void AdaptToMode(bool savedFinals)
    {
        for (int copy = 0; copy < copies.Length; copy++)
        {
            ref CopyFlags flags = ref vector.CopyFlags.All[copy];
            if ((flags & CopyFlags.Ended) == 0 || savedFinals == HasFinals)
            {
                continue;
            }

            if (HasFinals)
            {
                vector.Observations.Row(copy).CopyTo(vector.FinalObservations.Row(copy));
                vector.AgentFlags.Row(copy).CopyTo(vector.FinalAgentFlags.Row(copy));
                vector.Metrics.Row(copy).CopyTo(vector.FinalMetrics.Row(copy));
            }
            else if ((flags & CopyFlags.WasReset) != 0)
            {
                flags = CopyFlags.WasReset;
                vector.Rewards.Row(copy).Clear();
            }
        }
    }

    private bool HasStarted(int copy) => statuses[copy] != EpisodeStatus.NotStarted;

    private int LengthOf(int copy) => HasStarted(copy) ? copies[copy].StateByteCount : 0;

    private static ulong Checksum(ReadOnlySpan<byte> state)
    {
        var hash = default(StateHash);
        hash.Add(state[ChecksumEnd..]);
        return hash.ToUInt64();
    }

    private static string DescribeParameters(EnvironmentSpec spec) =>
        string.Join(", ", spec.Parameters.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key} = {ParameterValue.ToJson(entry.Value)}"));

    private static string DescribeAgents(EnvironmentSpec spec)
    {
        // Ids for the reader of a message; spaces only as a hash, they can be long.
        var spaces = default(StateHash);
        foreach (AgentSpec agent in spec.Agents)
        {
            spaces.Add($"{agent.ObservationSpace} {agent.ActionSpace} {agent.HasActionMask}");
        }

        return $"{string.Join(", ", spec.Agents.Select(agent => agent.Id))} (spaces {spaces.ToUInt32():x8})";
    }
}
