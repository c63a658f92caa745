using Heron.Core.Spaces;

namespace Heron.Learning.Ppo;

/// <summary>Rows to learn from. The caller fills the arrays and sets <see cref="Rows"/>; arrays are row-major and reused.</summary>
public sealed class PpoBatch
{
    private int _rows;

    /// <summary>Makes room for rows of a policy.</summary>
    /// <param name="spec">The policy's description.</param>
    /// <param name="capacity">Most rows, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1.</exception>
    public PpoBatch(PolicySpec spec, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Space space = spec.ActionSpace;
        Capacity = capacity;
        Observations = new float[capacity * spec.ObservationLength];
        CriticObservations = spec.HasCentralizedCritic ? new float[capacity * spec.CriticObservationLength] : Observations;
        Continuous = new float[capacity * space.ContinuousLength];
        Discrete = new int[capacity * space.HeadSizes.Length];
        Masks = spec.HasActionMask ? new byte[capacity * space.MaskLength] : [];
        LogProbabilities = new float[capacity];
        DistributionInputs = new float[capacity * spec.DistributionInputLength];
        Values = new float[capacity];
        Advantages = new float[capacity];
        ValueTargets = new float[capacity];
    }

    /// <summary>Most rows.</summary>
    public int Capacity { get; }

    /// <summary>Rows in use, 0 to <see cref="Capacity"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Rows
    {
        get => _rows;
        set => _rows = value >= 0 && value <= Capacity
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{value} rows; the batch has room for {Capacity}.");
    }

    /// <summary>Observations of the actor, shape (rows, observation length).</summary>
    public float[] Observations { get; }

    /// <summary>Observations of the critic; the same array as <see cref="Observations"/> unless the critic is centralized.</summary>
    public float[] CriticObservations { get; }

    /// <summary>Continuous parts of the actions as the policy gave them, shape (rows, n).</summary>
    public float[] Continuous { get; }

    /// <summary>Discrete parts of the actions, shape (rows, heads).</summary>
    public int[] Discrete { get; }

    /// <summary>Masks that held when the policy acted, shape (rows, mask length); empty for a policy without masks.</summary>
    public byte[] Masks { get; }

    /// <summary>Log-probabilities of the actions when they were drawn, shape (rows).</summary>
    public float[] LogProbabilities { get; }

    /// <summary>Distribution inputs when the actions were drawn, shape (rows, k); read only with a KL term.</summary>
    public float[] DistributionInputs { get; }

    /// <summary>Values when the actions were drawn, shape (rows).</summary>
    public float[] Values { get; }

    /// <summary>Advantages, not normalized, shape (rows).</summary>
    public float[] Advantages { get; }

    /// <summary>What the critic is to learn, shape (rows).</summary>
    public float[] ValueTargets { get; }
}
