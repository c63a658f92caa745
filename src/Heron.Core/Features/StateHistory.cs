using Heron.Core.Environments;

namespace Heron.Core.Features;

/// <summary>Earlier states of one environment copy: whole snapshots, each with the time from which it held, the oldest overwritten first.</summary>
internal sealed class StateHistory
{
    private readonly StateStore[] _snapshots;
    private int _first;
    private int _count;

    private StateHistory(StateLayout layout, int capacity)
    {
        _snapshots = new StateStore[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _snapshots[i] = new StateStore(layout);
        }
    }

    /// <summary>A history of so many snapshots; none for 0.</summary>
    public static StateHistory? Of(StateLayout layout, int capacity) => capacity > 0 ? new StateHistory(layout, capacity) : null;

    /// <summary>The state some time before that of a store.</summary>
    public static StateView Ago(StateStore store, double secondsAgo)
    {
        if (!(secondsAgo >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(secondsAgo), secondsAgo, "A past state lies 0 seconds or more back.");
        }

        StateHistory history = store.History ?? throw new InvalidOperationException(
            "This environment keeps no earlier states; set HistoryLength in its HeronEnvironmentOptions to the number of snapshots it is to keep.");
        double nanoseconds = Math.Min(Math.Round(secondsAgo * 1e9), long.MaxValue);
        return new StateView(history.At(store.Clock.Nanoseconds - (long)nanoseconds) ?? store);
    }

    public void Clear()
    {
        _first = 0;
        _count = 0;
    }

    /// <summary>Keeps the state as it is; a second one of the same moment replaces the first.</summary>
    public void Record(StateStore store)
    {
        if (_count > 0 && Snapshot(_count - 1).Clock.Nanoseconds == store.Clock.Nanoseconds)
        {
            store.CopyTo(Snapshot(_count - 1));
            return;
        }

        if (_count == _snapshots.Length)
        {
            _first = (_first + 1) % _snapshots.Length;
            _count--;
        }

        store.CopyTo(Snapshot(_count++));
    }

    /// <summary>The newest state that held at a time or before it, else the oldest; null without any.</summary>
    public StateStore? At(long nanoseconds)
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            if (Snapshot(i).Clock.Nanoseconds <= nanoseconds)
            {
                return Snapshot(i);
            }
        }

        return _count > 0 ? Snapshot(0) : null;
    }

    public int ByteCount => (2 * sizeof(int)) + (_snapshots.Length * _snapshots[0].Layout.ByteCount);

    public void Save(ref StateWriter writer)
    {
        writer.Write(_first);
        writer.Write(_count);
        foreach (StateStore snapshot in _snapshots)
        {
            writer.Write(snapshot.Block);
        }
    }

    /// <exception cref="ArgumentException">The bytes do not describe a history; nothing has changed.</exception>
    public void Load(ref StateReader reader)
    {
        int first = reader.ReadInt32(), count = reader.ReadInt32();
        if ((uint)first >= (uint)_snapshots.Length || (uint)count > (uint)_snapshots.Length)
        {
            throw new ArgumentException($"The saved history starts at {first} and has {count} states; this environment keeps {_snapshots.Length}.");
        }

        _first = first;
        _count = count;
        foreach (StateStore snapshot in _snapshots)
        {
            reader.ReadAll(snapshot.Block);
        }
    }

    private StateStore Snapshot(int index) => _snapshots[(_first + index) % _snapshots.Length];
}
