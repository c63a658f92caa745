using System.Runtime.CompilerServices;
using Heron.Core.Features;

namespace Heron.Core.Messaging;

/// <summary>Messages of one recipient in the state store: a ring of fixed places, kept in the order in which they become due.</summary>
/// <remarks>Messages that become due at the same instant keep the order in which they were sent. Nothing is allocated, and a snapshot of the store holds everything that is under way.</remarks>
internal readonly struct MessageRing(int capacity, int payloadBytes, OverflowBehavior overflow)
{
    private readonly int _stride = Unsafe.SizeOf<MessageHeader>() + ((payloadBytes + sizeof(long) - 1) / sizeof(long) * sizeof(long));

    public int Capacity { get; } = capacity;

    public int ByteCount => Unsafe.SizeOf<Header>() + (Capacity * _stride);

    public static int Count(StateStore store, int offset) => store.At<Header>(offset).Count;

    public static long Dropped(StateStore store, int offset) => store.At<Header>(offset).Dropped;

    /// <summary>Makes a place for a message.</summary>
    /// <returns>Where its payload belongs, or -1 when it was turned away.</returns>
    public int Insert(StateStore store, int offset, in MessageHeader message)
    {
        ref Header ring = ref store.At<Header>(offset);
        if (ring.Count == Capacity)
        {
            ring.Dropped++;
            if (overflow == OverflowBehavior.DropNewest)
            {
                return -1;
            }

            RemoveFirst(ref ring);
        }

        int at = ring.Count;
        while (at > 0 && store.At<MessageHeader>(Place(offset, ring, at - 1)).DueNanoseconds > message.DueNanoseconds)
        {
            Bytes(store, Place(offset, ring, at - 1)).CopyTo(Bytes(store, Place(offset, ring, at)));
            at--;
        }

        ring.Count++;
        int place = Place(offset, ring, at);
        store.At<MessageHeader>(place) = message;
        return place + Unsafe.SizeOf<MessageHeader>();
    }

    /// <summary>The first message, if it is due.</summary>
    /// <returns>Where its payload stands, its header before it, or -1.</returns>
    public int PeekDue(StateStore store, int offset, long nowNanoseconds)
    {
        ref Header ring = ref store.At<Header>(offset);
        if (ring.Count == 0)
        {
            return -1;
        }

        int place = Place(offset, ring, 0);
        return store.At<MessageHeader>(place).DueNanoseconds <= nowNanoseconds ? place + Unsafe.SizeOf<MessageHeader>() : -1;
    }

    /// <summary>As <see cref="PeekDue"/>, and takes it out; its bytes stay until the next message is inserted.</summary>
    public int TakeDue(StateStore store, int offset, long nowNanoseconds)
    {
        int payload = PeekDue(store, offset, nowNanoseconds);
        if (payload >= 0)
        {
            RemoveFirst(ref store.At<Header>(offset));
        }

        return payload;
    }

    public int CountDue(StateStore store, int offset, long nowNanoseconds)
    {
        ref Header ring = ref store.At<Header>(offset);
        int due = 0;
        while (due < ring.Count && store.At<MessageHeader>(Place(offset, ring, due)).DueNanoseconds <= nowNanoseconds)
        {
            due++;
        }

        return due;
    }

    public static void Clear(StateStore store, int offset)
    {
        ref Header ring = ref store.At<Header>(offset);
        ring.First = 0;
        ring.Count = 0;
    }

    /// <summary>Whether bytes that came from outside describe a ring.</summary>
    public bool IsValid(StateStore store, int offset, int agentCount)
    {
        ref Header ring = ref store.At<Header>(offset);
        if ((uint)ring.First >= (uint)Capacity || (uint)ring.Count > (uint)Capacity)
        {
            return false;
        }

        for (int i = 0; i < ring.Count; i++)
        {
            if ((ulong)store.At<MessageHeader>(Place(offset, ring, i)).SenderIndex >= (ulong)agentCount)
            {
                return false;
            }
        }

        return true;
    }

    public static ref MessageHeader HeaderOf(StateStore store, int payload) => ref store.At<MessageHeader>(payload - Unsafe.SizeOf<MessageHeader>());

    private int Place(int offset, in Header ring, int index)
    {
        int slot = ring.First + index;
        return offset + Unsafe.SizeOf<Header>() + ((slot < Capacity ? slot : slot - Capacity) * _stride);
    }

    private Span<byte> Bytes(StateStore store, int place) => store.Block.Slice(place, _stride);

    private void RemoveFirst(ref Header ring)
    {
        ring.First = ring.First + 1 < Capacity ? ring.First + 1 : 0;
        ring.Count--;
    }

    private struct Header
    {
        public int First;
        public int Count;
        public long Dropped;
    }
}
