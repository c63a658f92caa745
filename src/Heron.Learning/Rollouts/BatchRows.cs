using System.Runtime.InteropServices;
using Heron.Learning.Ppo;

namespace Heron.Learning.Rollouts;

/// <summary>Single rows of a batch.</summary>
internal sealed class BatchRows(PolicySpec spec, PpoBatch batch)
{
    private readonly int _continuousLength = spec.ActionSpace.ContinuousLength;
    private readonly int _headCount = spec.ActionSpace.HeadSizes.Length;
    private readonly int _maskLength = spec.HasActionMask ? spec.ActionSpace.MaskLength : 0;

    public PpoBatch Batch => batch;

    public Span<float> Observation(int row) => Row(batch.Observations, row, spec.ObservationLength);

    /// <summary>What the critic saw; the observation itself unless the critic is centralized.</summary>
    public Span<float> CriticObservation(int row) => Row(batch.CriticObservations, row, spec.CriticObservationLength);

    public Span<byte> Mask(int row) => Row(batch.Masks, row, _maskLength);

    /// <summary>Notes what the policy did in one row.</summary>
    public void SetAct(int row, PolicyActor acts, int actRow)
    {
        Row(acts.Continuous, actRow, _continuousLength).CopyTo(Row(batch.Continuous, row, _continuousLength));
        Row(acts.Discrete, actRow, _headCount).CopyTo(Row(batch.Discrete, row, _headCount));
        Row(acts.DistributionInputs, actRow, spec.DistributionInputLength).CopyTo(Row(batch.DistributionInputs, row, spec.DistributionInputLength));
        batch.LogProbabilities[row] = acts.LogProbabilities[actRow];
    }

    /// <summary>Copies what was seen and done in one row, which may be of the same batch.</summary>
    public void CopyRow(BatchRows source, int sourceRow, int row)
    {
        source.Observation(sourceRow).CopyTo(Observation(row));
        if (spec.HasCentralizedCritic)
        {
            source.CriticObservation(sourceRow).CopyTo(CriticObservation(row));
        }

        source.Mask(sourceRow).CopyTo(Mask(row));
        PpoBatch from = source.Batch;
        Row(from.Continuous, sourceRow, _continuousLength).CopyTo(Row(batch.Continuous, row, _continuousLength));
        Row(from.Discrete, sourceRow, _headCount).CopyTo(Row(batch.Discrete, row, _headCount));
        Row(from.DistributionInputs, sourceRow, spec.DistributionInputLength).CopyTo(Row(batch.DistributionInputs, row, spec.DistributionInputLength));
        batch.LogProbabilities[row] = from.LogProbabilities[sourceRow];
    }

    /// <summary>Writes what was seen and done in one row.</summary>
    public void SaveRow(int row, BinaryWriter writer)
    {
        writer.Write(MemoryMarshal.AsBytes(Observation(row)));
        writer.Write(MemoryMarshal.AsBytes(CriticObservation(row)));
        writer.Write(Mask(row));
        writer.Write(MemoryMarshal.AsBytes(Row(batch.Continuous, row, _continuousLength)));
        writer.Write(MemoryMarshal.AsBytes(Row(batch.Discrete, row, _headCount)));
        writer.Write(MemoryMarshal.AsBytes(Row(batch.DistributionInputs, row, spec.DistributionInputLength)));
        writer.Write(batch.LogProbabilities[row]);
    }

    /// <summary>Takes over what <see cref="SaveRow"/> wrote.</summary>
    public void LoadRow(int row, BinaryReader reader)
    {
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(Observation(row)));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(CriticObservation(row)));
        reader.BaseStream.ReadExactly(Mask(row));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(Row(batch.Continuous, row, _continuousLength)));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(Row(batch.Discrete, row, _headCount)));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(Row(batch.DistributionInputs, row, spec.DistributionInputLength)));
        batch.LogProbabilities[row] = reader.ReadSingle();
    }

    private static Span<T> Row<T>(T[] block, int row, int length) => block.AsSpan(row * length, length);
}
