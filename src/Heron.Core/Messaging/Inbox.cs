using System.Runtime.InteropServices;
using Heron.Core.Agents;
using Heron.Core.Features;

namespace Heron.Core.Messaging;

/// <summary>The last message of one kind that an agent has received, as a feature of that agent: part of its observation and its state.</summary>
/// <remarks>A message that takes no time is there at once. One that is under way waits beside the feature and takes its place when it is due.</remarks>
public abstract class Inbox
{
    // Enough for a delay of several sending intervals; a message beyond it is turned away and counted.
    private const int PlacesUnderWay = 8;

    private readonly MessageRing _underWay;

    private protected Inbox(Feature latest)
    {
        Latest = latest;
        _underWay = new MessageRing(PlacesUnderWay, latest.ByteCount, OverflowBehavior.DropNewest);
    }

    /// <summary>The agent that receives.</summary>
    public Agent Owner => Latest.Owner;

    internal Feature Latest { get; }

    internal int UnderWayByteCount => _underWay.ByteCount;

    internal int UnderWayOffset { get; private set; }

    internal void PlaceUnderWay(int offset) => UnderWayOffset = offset;

    internal void Put(StateStore store, ReadOnlySpan<byte> payload, Agent sender, long delayNanoseconds)
    {
        if (delayNanoseconds == 0 && MessageRing.Count(store, UnderWayOffset) == 0)
        {
            payload.CopyTo(store.Block[Latest.Offset..]);
            return;
        }

        long now = store.Clock.Nanoseconds;
        var header = new MessageHeader
        {
            SentNanoseconds = now,
            DueNanoseconds = now + Math.Min(delayNanoseconds, long.MaxValue - now),
            SenderIndex = sender.Index,
        };
        int place = _underWay.Insert(store, UnderWayOffset, header);
        if (place >= 0)
        {
            payload.CopyTo(store.Block[place..]);
            store.MessagesUnderWay++;
            store.Events?.ScheduleDelivery(sender.Index, Owner.Index, header.DueNanoseconds);
        }
    }

    internal bool HasDue(StateStore store) => _underWay.PeekDue(store, UnderWayOffset, store.Clock.Nanoseconds) >= 0;

    internal void TakeDue(StateStore store)
    {
        int place;
        while ((place = _underWay.TakeDue(store, UnderWayOffset, store.Clock.Nanoseconds)) >= 0)
        {
            store.Block.Slice(place, Latest.ByteCount).CopyTo(store.Block[Latest.Offset..]);
            store.MessagesUnderWay--;
        }
    }

    internal bool IsValid(StateStore store, int agentCount) => _underWay.IsValid(store, UnderWayOffset, agentCount);

    private protected static ReadOnlySpan<byte> BytesOf<T>(in T value)
        where T : unmanaged =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));
}
