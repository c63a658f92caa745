using Heron.Core.Environments;

namespace Heron.Core.Scheduling;

/// <summary>Events ordered by (time, priority, sequence): at equal time and priority, first in is first out.</summary>
/// <remarks>
/// A heap of four children per node over a pool of records. Events of one time and priority that are pushed while others of
/// theirs wait are chained behind the last of these, so that many agents who do the same at the same instant take one place
/// in the heap. Cancelling marks the record; it is dropped when it comes to the top, before anybody looks. Allocates only to grow.
/// </remarks>
internal sealed class EventQueue
{
    /// <summary>Most events that wait, so that no schedule fills the memory: a hundred for each of ten thousand agents.</summary>
    public const int MaximumPending = 1 << 20;

    private const int Arity = 4;
    private const int PriorityShift = 56;
    private const int NoSlot = -1;
    private const int RecentChains = 16;

    private Entry[] _heap = new Entry[64];
    private Slot[] _slots = new Slot[64];

    // One for each group of times and priorities. A chain that has lost its place here is never added to again, so that those of
    // equal time and priority follow each other in the order of their first events.
    private readonly Chain[] _recent = new Chain[RecentChains];
    private int _count;
    private int _slotCount;
    private int _free = NoSlot;
    private long _sequence;

    /// <summary>Events that will happen, cancelled ones left out.</summary>
    public int Pending { get; private set; }

    /// <summary>Places in the heap: what an event costs grows with their logarithm.</summary>
    public int HeapCount => _count;

    /// <summary>Adds an event.</summary>
    /// <exception cref="EventOverflowException"><see cref="MaximumPending"/> events wait.</exception>
    public EventId Push(long time, int priority, in EventRecord record)
    {
        int slot = TakeSlot();
        ref Slot taken = ref _slots[slot];
        taken.Record = record;
        taken.State = SlotState.Pending;
        taken.Sequence = _sequence++;
        taken.Next = NoSlot;
        Pending++;
        ref Chain chain = ref _recent[ChainOf(time, priority)];
        if (chain.Time == time && chain.Priority == priority && _slots[chain.Last].Generation == chain.Generation)
        {
            _slots[chain.Last].Next = slot;
        }
        else
        {
            AddToHeap(new Entry { Time = time, Order = ((long)priority << PriorityShift) | taken.Sequence, Slot = slot });
        }

        chain = new Chain { Time = time, Priority = priority, Last = slot, Generation = taken.Generation };
        return new EventId(slot, taken.Generation);
    }

    /// <summary>Time and priority of the next event.</summary>
    /// <returns>False when nothing is pending.</returns>
    public bool TryPeek(out long time, out int priority)
    {
        DropCancelled();
        time = _heap[0].Time;
        priority = (int)(_heap[0].Order >> PriorityShift);
        return _count > 0;
    }

    /// <summary>Takes the next event. Call when <see cref="TryPeek"/> has said that there is one.</summary>
    public EventRecord Pop(out long time, out int priority, out long sequence)
    {
        DropCancelled();
        Entry next = _heap[0];
        ref readonly Slot slot = ref _slots[next.Slot];
        time = next.Time;
        priority = (int)(next.Order >> PriorityShift);
        sequence = slot.Sequence;
        EventRecord record = slot.Record;
        Pending--;
        RemoveFirst();
        return record;
    }

    /// <summary>Cancels an event that has not happened.</summary>
    /// <param name="id">The event.</param>
    /// <param name="cancelled">What it was about, for whoever owns its payload.</param>
    /// <returns>False when it has happened or was cancelled before.</returns>
    public bool TryCancel(EventId id, out EventRecord cancelled)
    {
        cancelled = default;
        if ((uint)id.Slot >= (uint)_slotCount || _slots[id.Slot].Generation != id.Generation || _slots[id.Slot].State != SlotState.Pending)
        {
            return false;
        }

        cancelled = _slots[id.Slot].Record;
        _slots[id.Slot].State = SlotState.Cancelled;
        Pending--;
        return true;
    }

    /// <summary>The first pending event at or after a slot that concerns an agent in a way; the caller goes on from the next slot.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryFind(ref int slot, int agent, EventKind kind, out EventId id)
    {
        for (; slot < _slotCount; slot++)
        {
            ref readonly Slot candidate = ref _slots[slot];
            if (candidate.State == SlotState.Pending && candidate.Record.Agent == agent && candidate.Record.Kind == kind)
            {
                id = new EventId(slot, candidate.Generation);
                return true;
            }
        }

        id = default;
        return false;
    }

    public void Clear()
    {
        // Generations go on, so that ids of the episode before name nothing.
        for (int slot = 0; slot < _slotCount; slot++)
        {
            if (_slots[slot].State != SlotState.Free)
            {
                FreeSlot(slot);
            }
        }

        _recent.AsSpan().Clear();
        _count = 0;
        _sequence = 0;
        Pending = 0;
    }

    public int ByteCount => (4 * sizeof(int)) + sizeof(long) + StateWriter.BytesOf<Chain>(RecentChains) + StateWriter.BytesOf<Entry>(_count) + StateWriter.BytesOf<Slot>(_slotCount);

    public void Save(ref StateWriter writer)
    {
        writer.Write(_count);
        writer.Write(_slotCount);
        writer.Write(_free);
        writer.Write(Pending);
        writer.Write(_sequence);
        writer.WriteAll<Chain>(_recent);
        writer.WriteAll<Entry>(_heap.AsSpan(0, _count));
        writer.WriteAll<Slot>(_slots.AsSpan(0, _slotCount));
    }

    public void Load(ref StateReader reader)
    {
        _count = reader.ReadInt32();
        _slotCount = reader.ReadInt32();
        _free = reader.ReadInt32();
        Pending = reader.ReadInt32();
        _sequence = reader.ReadInt64();
        reader.ReadAll<Chain>(_recent);
        reader.ReadAll(ref _heap, _count);
        reader.ReadAll(ref _slots, _slotCount);
    }

    // Times of one run are multiples of few numbers, so all their bits count.
    private static int ChainOf(long time, int priority) => (int)((((ulong)time << 2) ^ (ulong)priority) * 0x9E3779B97F4A7C15 >> 60);

    private void AddToHeap(in Entry entry)
    {
        if (_count == _heap.Length)
        {
            Array.Resize(ref _heap, 2 * _count);
        }

        SiftUp(_count++, entry);
    }

    private void DropCancelled()
    {
        while (_count > 0 && _slots[_heap[0].Slot].State == SlotState.Cancelled)
        {
            RemoveFirst();
        }
    }

    // The next one of its chain takes the place of the first event.
    private void RemoveFirst()
    {
        int slot = _heap[0].Slot;
        int next = _slots[slot].Next;
        FreeSlot(slot);
        if (next == NoSlot)
        {
            RemoveTop();
        }
        else
        {
            _heap[0].Slot = next;
        }
    }

    private int TakeSlot()
    {
        if (_free != NoSlot)
        {
            int slot = _free;
            _free = _slots[slot].Next;
            return slot;
        }

        if (_slotCount == MaximumPending)
        {
            throw new EventOverflowException($"{MaximumPending} events wait to happen, the most that a copy holds");
        }

        if (_slotCount == _slots.Length)
        {
            Array.Resize(ref _slots, 2 * _slotCount);
        }

        _slots[_slotCount] = default;
        return _slotCount++;
    }

    private void FreeSlot(int slot)
    {
        ref Slot freed = ref _slots[slot];
        freed.Free();
        freed.Next = _free;
        _free = slot;
    }

    private void RemoveTop()
    {
        Entry last = _heap[--_count];
        if (_count > 0)
        {
            SiftDown(last);
        }
    }

    private void SiftUp(int hole, in Entry entry)
    {
        while (hole > 0)
        {
            int parent = (hole - 1) / Arity;
            if (!entry.IsBefore(_heap[parent]))
            {
                break;
            }

            _heap[hole] = _heap[parent];
            hole = parent;
        }

        _heap[hole] = entry;
    }

    private void SiftDown(in Entry entry)
    {
        Span<Entry> heap = _heap.AsSpan(0, _count);
        int hole = 0;
        for (int first = 1; first < heap.Length; first = (hole * Arity) + 1)
        {
            int least = first;
            int end = Math.Min(first + Arity, heap.Length);
            for (int child = first + 1; child < end; child++)
            {
                if (heap[child].IsBefore(heap[least]))
                {
                    least = child;
                }
            }

            if (!heap[least].IsBefore(entry))
            {
                break;
            }

            heap[hole] = heap[least];
            hole = least;
        }

        heap[hole] = entry;
    }

    private enum SlotState
    {
        Free,
        Pending,
        Cancelled,
    }

    private struct Entry
    {
        public long Time;

        // Priority in the highest byte, below it the sequence of the chain's first event: one comparison for both.
        public long Order;
        public int Slot;

        public readonly bool IsBefore(in Entry other) => Time < other.Time || (Time == other.Time && Order < other.Order);
    }

    private struct Slot
    {
        public EventRecord Record;
        public long Sequence;

        /// <summary>The next one of the same chain, or the next free one.</summary>
        public int Next;

        // State in the lowest bits, generation above them.
        private int _mark;

        public SlotState State
        {
            readonly get => (SlotState)(_mark & 3);
            set => _mark = (_mark & ~3) | (int)value;
        }

        // From 1, so that the default id names no event.
        public readonly int Generation => (int)((uint)_mark >> 2) + 1;

        public void Free() => _mark = Generation << 2;
    }

    /// <summary>Events of one time and priority, to add to.</summary>
    private struct Chain
    {
        public long Time;
        public int Priority;
        public int Last;

        /// <summary>Of the slot of the last one; when it has happened, the chain is at its end. No slot has generation 0.</summary>
        public int Generation;
    }
}
