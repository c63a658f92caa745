using Heron.Core.Environments;

namespace Heron.Core.Scheduling;

/// <summary>Saving and restoring a run between two events.</summary>
public sealed partial class EventScheduler
{
    private const int HeadBytes = (4 * sizeof(long)) + (2 * sizeof(int));

    /// <summary>Bytes that <see cref="SaveState"/> writes now.</summary>
    public int StateByteCount => HeadBytes + _run.ByteCount + _known.ByteCount + _desk.ByteCount + _agents.ByteCount + _physics.ByteCount
        + _conditions.ByteCount + _disturbances.ByteCount + _customEvents.ByteCount;

    /// <summary>Writes the whole run: state, clock, queue, what is under way, random streams and statistics.</summary>
    /// <param name="destination">Exactly <see cref="StateByteCount"/> bytes.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void SaveState(Span<byte> destination)
    {
        if (destination.Length != StateByteCount)
        {
            throw new ArgumentException($"A state of this {Spec.Id} takes {StateByteCount} bytes now; got {destination.Length}.", nameof(destination));
        }

        var writer = new StateWriter(destination[HeadBytes..]);
        _run.Save(ref writer);
        _known.Save(ref writer);
        _desk.Save(ref writer);
        _agents.Save(ref writer);
        _physics.Save(ref writer);
        _conditions.Save(ref writer);
        _disturbances.Save(ref writer);
        _customEvents.Save(ref writer);
        var head = new StateWriter(destination);
        head.Write((long)_plan.LayoutHash);
        head.Write((long)ContentHash(destination[HeadBytes..]));
        head.Write((long)_conditions.Hash);
        head.Write((long)_disturbances.Schedule.Hash);
        head.Write((int)_status);
        head.Write((int?)LastEndReason ?? -1);
    }

    /// <summary>Takes over a run that <see cref="SaveState"/> wrote in a scheduler of an equal environment with equal options, and continues it event for event.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="disturbances">The disturbances of the saved episode, if they were given to its reset.</param>
    /// <exception cref="ArgumentException">They come from another environment, are damaged, or were saved with other conditions or disturbances; nothing has changed.</exception>
    public void LoadState(ReadOnlySpan<byte> source, DisturbanceSchedule? disturbances = null)
    {
        DisturbanceSchedule schedule = disturbances ?? _disturbanceSchedule;
        CheckState(source, schedule);
        var head = new StateReader(source[(4 * sizeof(long))..]);
        var status = (EpisodeStatus)head.ReadInt32();
        int reason = head.ReadInt32();
        var reader = new StateReader(source[HeadBytes..]);
        _status = EpisodeStatus.NotStarted;
        _run.Load(ref reader);
        _known.Load(ref reader);
        _desk.Load(ref reader);
        _agents.Load(ref reader);
        _physics.Load(ref reader);
        _conditions.Load(ref reader);
        _disturbances.Load(ref reader, schedule);
        _customEvents.Load(ref reader);
        reader.ExpectEnd();
        _status = status;
        LastEndReason = reason < 0 ? null : (EndReason)reason;
    }

    // Indices in the bytes are trusted afterwards, so nothing but what SaveState wrote may pass.
    private void CheckState(ReadOnlySpan<byte> source, DisturbanceSchedule disturbances)
    {
        if (source.Length < HeadBytes)
        {
            throw new ArgumentException($"A saved run has at least {HeadBytes} bytes; got {source.Length}.", nameof(source));
        }

        var head = new StateReader(source);
        if ((ulong)head.ReadInt64() != _plan.LayoutHash)
        {
            throw new ArgumentException($"The saved run comes from an environment with other agents or features than this {Spec.Id}. Use equal parameters.", nameof(source));
        }

        if ((ulong)head.ReadInt64() != ContentHash(source[HeadBytes..]))
        {
            throw new ArgumentException($"The saved run of {Spec.Id} is damaged: its bytes do not fit their check sum.", nameof(source));
        }

        if ((ulong)head.ReadInt64() != _conditions.Hash)
        {
            string ids = string.Join(", ", _conditions.Ids);
            throw new ArgumentException($"The saved run of {Spec.Id} had other conditions than these, or in another order: {(ids.Length == 0 ? "none" : ids)}. Add the same ones first.", nameof(source));
        }

        if ((ulong)head.ReadInt64() != disturbances.Hash)
        {
            throw new ArgumentException($"The saved run of {Spec.Id} had other disturbances; schedules are not part of a state. Give LoadState the schedule that the episode was reset with.", nameof(disturbances));
        }
    }

    private static ulong ContentHash(ReadOnlySpan<byte> bytes)
    {
        var hash = default(StateHash);
        hash.Add(bytes);
        return hash.ToUInt64();
    }
}
