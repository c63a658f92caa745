using System.Runtime.InteropServices;
using Heron.Learning.Ppo;

namespace Heron.Learning.Rollouts;

/// <summary>The rows that the slots of one policy fill while sampling; a slot is one agent in one copy.</summary>
/// <remarks>
/// Each slot has a region with room for one row per step. A row is open from its action until its agent is asked again or has
/// ended; rewards are added to it meanwhile. At the end a row that is still open is put aside for the next batch, as RLlib does,
/// and the regions are pushed together, so that every trajectory lies in one piece.
/// </remarks>
internal sealed class TrajectoryRows
{
    private readonly int _capacity;
    private readonly BatchRows _rows;
    private readonly BatchRows _carried;
    private readonly float[] _carriedRewards;
    private readonly float[] _rewards;
    private readonly float[] _nextValues;
    private readonly RowEnd[] _ends;
    private readonly int[] _counts;
    private readonly bool[] _open;
    private readonly int[] _starts;

    /// <summary>Makes room.</summary>
    /// <param name="spec">The policy.</param>
    /// <param name="slots">Agents of the policy times copies.</param>
    /// <param name="capacity">Steps per copy and batch.</param>
    public TrajectoryRows(PolicySpec spec, int slots, int capacity)
    {
        _capacity = capacity;
        Batch = new PpoBatch(spec, checked(slots * capacity));
        _rows = new BatchRows(spec, Batch);
        _carried = new BatchRows(spec, new PpoBatch(spec, slots));
        _carriedRewards = new float[slots];
        _rewards = new float[slots * capacity];
        _nextValues = new float[slots * capacity];
        _ends = new RowEnd[slots * capacity];
        _counts = new int[slots];
        _open = new bool[slots];
        _starts = new int[slots + 1];
    }

    /// <summary>What the policy saw and did, for the learner.</summary>
    public PpoBatch Batch { get; }

    /// <summary>The same, row by row.</summary>
    public BatchRows Rows => _rows;

    /// <summary>Agents times copies.</summary>
    public int SlotCount => _counts.Length;

    /// <summary>After <see cref="Finish"/>: rewards of the batch's rows.</summary>
    public Span<float> Rewards => _rewards.AsSpan(0, Batch.Rows);

    /// <summary>After <see cref="Finish"/>: values of what follows truncated and cut rows.</summary>
    public ReadOnlySpan<float> NextValues => _nextValues.AsSpan(0, Batch.Rows);

    /// <summary>After <see cref="Finish"/>: ends of trajectories.</summary>
    public ReadOnlySpan<RowEnd> Ends => _ends.AsSpan(0, Batch.Rows);

    /// <summary>Whether a slot waits for what comes of its last action.</summary>
    public bool IsOpen(int slot) => _open[slot];

    /// <summary>Rows of a slot.</summary>
    public int CountOf(int slot) => _counts[slot];

    /// <summary>Index of a slot's last row while sampling.</summary>
    public int LastRowOf(int slot) => (slot * _capacity) + _counts[slot] - 1;

    /// <summary>Why the last row of a slot ended.</summary>
    public RowEnd LastEndOf(int slot) => _ends[LastRowOf(slot)];

    /// <summary>After <see cref="Finish"/>: where a slot's rows are.</summary>
    public Range RangeOf(int slot) => _starts[slot].._starts[slot + 1];

    /// <summary>Starts a batch with the rows that the last one left open.</summary>
    public void Begin()
    {
        for (int slot = 0; slot < SlotCount; slot++)
        {
            _counts[slot] = _open[slot] ? 1 : 0;
            if (_open[slot])
            {
                int row = LastRowOf(slot);
                _rows.CopyRow(_carried, slot, row);
                _rewards[row] = _carriedRewards[slot];
                _ends[row] = RowEnd.None;
            }
        }
    }

    /// <summary>Opens a row.</summary>
    /// <returns>Its index, for the caller to fill.</returns>
    public int Open(int slot)
    {
        _counts[slot]++;
        _open[slot] = true;
        int row = LastRowOf(slot);
        _rewards[row] = 0;
        _ends[row] = RowEnd.None;
        return row;
    }

    /// <summary>Adds a reward to the open row of a slot.</summary>
    public void AddReward(int slot, float reward) => _rewards[LastRowOf(slot)] += reward;

    /// <summary>Completes the open row of a slot.</summary>
    public void Close(int slot, RowEnd end)
    {
        _open[slot] = false;
        _ends[LastRowOf(slot)] = end;
    }

    /// <summary>Says what the observation after a truncated or cut row is worth.</summary>
    public void SetNextValue(int row, float value) => _nextValues[row] = value;

    /// <summary>Puts open rows aside.</summary>
    public void CarryOpenRows()
    {
        for (int slot = 0; slot < SlotCount; slot++)
        {
            if (_open[slot])
            {
                int row = LastRowOf(slot);
                _carried.CopyRow(_rows, row, slot);
                _carriedRewards[slot] = _rewards[row];
                _counts[slot]--;
            }
        }
    }

    /// <summary>Marks the last complete row of a slot as followed by something that is not in the batch.</summary>
    public void Cut(int slot) => _ends[LastRowOf(slot)] = RowEnd.Cut;

    /// <summary>Critic's observation of the row that a slot carries over.</summary>
    public ReadOnlySpan<float> CarriedCriticObservation(int slot) => _carried.CriticObservation(slot);

    /// <summary>Writes the rows put aside for the next batch.</summary>
    public void SaveState(BinaryWriter writer)
    {
        writer.Write(MemoryMarshal.AsBytes(_open.AsSpan()));
        for (int slot = 0; slot < SlotCount; slot++)
        {
            if (_open[slot])
            {
                writer.Write(_carriedRewards[slot]);
                _carried.SaveRow(slot, writer);
            }
        }
    }

    /// <summary>Takes over what <see cref="SaveState"/> wrote, for the next <see cref="Begin"/>.</summary>
    public void LoadState(BinaryReader reader)
    {
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_open.AsSpan()));
        for (int slot = 0; slot < SlotCount; slot++)
        {
            if (_open[slot])
            {
                _carriedRewards[slot] = reader.ReadSingle();
                _carried.LoadRow(slot, reader);
            }
        }
    }

    /// <summary>Pushes the regions together. Every slot's last row must have an end.</summary>
    public void Finish()
    {
        int rows = 0;
        for (int slot = 0; slot < SlotCount; slot++)
        {
            _starts[slot] = rows;
            int first = slot * _capacity;
            for (int row = first; row < first + _counts[slot]; row++, rows++)
            {
                if (row != rows)
                {
                    _rows.CopyRow(_rows, row, rows);
                    _rewards[rows] = _rewards[row];
                    _nextValues[rows] = _nextValues[row];
                    _ends[rows] = _ends[row];
                }
            }
        }

        _starts[SlotCount] = rows;
        Batch.Rows = rows;
    }
}
