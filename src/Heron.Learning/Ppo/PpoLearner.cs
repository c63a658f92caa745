using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Heron.Core.Randomness;
using Heron.Learning.Backends;

namespace Heron.Learning.Ppo;

/// <summary>Improves a policy by proximal policy optimization (Schulman et al., 2017), a batch at a time.</summary>
public sealed class PpoLearner
{
    private const int HeaderBytes = sizeof(long) + sizeof(float);
    private readonly Policy _policy;
    private readonly ILearnerBackend _backend;
    private int[] _order = [];
    private StatisticsSum _sum;

    /// <summary>Prepares to train a policy.</summary>
    /// <param name="policy">The policy; its parameters change with every update.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public PpoLearner(Policy policy, PpoOptions options)
    {
        options.Validate();
        _policy = policy;
        _backend = policy.CurrentBackend();
        Options = options;
        KlCoefficient = options.KlCoefficient;
    }

    /// <summary>The settings.</summary>
    public PpoOptions Options { get; }

    /// <summary>Weight of the KL term for the next batch.</summary>
    public float KlCoefficient { get; private set; }

    /// <summary>Bytes that <see cref="SaveState"/> writes.</summary>
    public int StateByteCount => HeaderBytes + (2 * sizeof(float) * _policy.Layout.Length);

    /// <summary>Runs all epochs over a batch.</summary>
    /// <param name="batch">At least one row.</param>
    /// <param name="learningRate">Adam's step size, see <see cref="PpoOptions.LearningRateAt"/>.</param>
    /// <param name="shuffle">Orders the rows anew in each epoch; advanced.</param>
    /// <returns>Means over all gradient steps.</returns>
    /// <exception cref="ArgumentException">The batch is empty.</exception>
    public PpoStatistics Update(PpoBatch batch, float learningRate, ref RandomStream shuffle)
    {
        if (batch.Rows == 0)
        {
            throw new ArgumentException("The batch has no rows; collect some before an update.", nameof(batch));
        }

        Begin(batch);
        Span<int> order = _order.AsSpan(0, batch.Rows);
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        for (int epoch = 0; epoch < Options.Epochs; epoch++)
        {
            Shuffle(ref shuffle, order);
            RunEpoch(batch, order, learningRate);
        }

        return End(batch, learningRate);
    }

    /// <summary>Writes what the learner knows beside the policy's parameters: moments, step count, KL coefficient.</summary>
    /// <param name="destination">At least <see cref="StateByteCount"/> bytes.</param>
    /// <exception cref="ArgumentException">Too little room.</exception>
    public void SaveState(Span<byte> destination)
    {
        RequireStateBytes(destination.Length);
        BinaryPrimitives.WriteInt64LittleEndian(destination, _backend.StepCount);
        BinaryPrimitives.WriteSingleLittleEndian(destination[sizeof(long)..], KlCoefficient);
        Span<float> moments = MemoryMarshal.Cast<byte, float>(destination[HeaderBytes..StateByteCount]);
        _backend.StoreMoments(moments[.._policy.Layout.Length], moments[_policy.Layout.Length..]);
    }

    /// <summary>Continues from what <see cref="SaveState"/> wrote for a policy of the same layout.</summary>
    /// <param name="source">At least <see cref="StateByteCount"/> bytes.</param>
    /// <exception cref="ArgumentException">Too few bytes.</exception>
    public void LoadState(ReadOnlySpan<byte> source)
    {
        RequireStateBytes(source.Length);
        KlCoefficient = BinaryPrimitives.ReadSingleLittleEndian(source[sizeof(long)..]);
        ReadOnlySpan<float> moments = MemoryMarshal.Cast<byte, float>(source[HeaderBytes..StateByteCount]);
        _backend.LoadMoments(moments[.._policy.Layout.Length], moments[_policy.Layout.Length..], BinaryPrimitives.ReadInt64LittleEndian(source));
    }

    /// <summary>RLlib's rule for the weight of the KL term.</summary>
    /// <param name="coefficient">The weight so far.</param>
    /// <param name="kl">Measured KL.</param>
    /// <param name="target">Wanted KL.</param>
    internal static float AdaptKlCoefficient(float coefficient, double kl, double target) =>
        kl > 2 * target ? coefficient * 1.5f
        : kl < 0.5 * target ? coefficient * 0.5f
        : coefficient;

    /// <summary>Prepares for the epochs of a batch.</summary>
    internal void Begin(PpoBatch batch)
    {
        // The parameters may have been replaced since the last batch.
        _policy.CurrentBackend();
        _sum = default;
        if (_order.Length < batch.Rows)
        {
            _order = new int[batch.Capacity];
        }
    }

    /// <summary>One pass over the rows in the given order.</summary>
    internal void RunEpoch(PpoBatch batch, ReadOnlySpan<int> order, float learningRate)
    {
        int count = (order.Length + Options.MinibatchSize - 1) / Options.MinibatchSize;
        (float mean, float scale) = (0, 1);
        if (Options.NormalizeAdvantages == AdvantageNormalization.Batch)
        {
            (mean, scale) = AdvantageMoments.OfBatch(batch.Advantages.AsSpan(0, batch.Rows));
        }

        int first = 0;
        for (int i = 0; i < count; i++)
        {
            int next = (int)((i + 1L) * order.Length / count);
            ReadOnlySpan<int> rows = order[first..next];
            if (Options.NormalizeAdvantages == AdvantageNormalization.Minibatch)
            {
                (mean, scale) = AdvantageMoments.OfMinibatch(batch.Advantages, rows);
            }

            _sum.Add(_backend.Step(batch, rows, new PpoStep(Options, learningRate, KlCoefficient, mean, scale)));
            first = next;
        }
    }

    /// <summary>Hands the parameters back to the policy and adapts the KL coefficient.</summary>
    internal PpoStatistics End(PpoBatch batch, float learningRate)
    {
        _policy.TakeParametersFromBackend();
        bool hasKlTerm = KlCoefficient > 0;
        if (hasKlTerm)
        {
            KlCoefficient = AdaptKlCoefficient(KlCoefficient, _sum.Last.Divergence, Options.KlTarget);
        }

        double explained = AdvantageMoments.ExplainedVariance(batch.Values.AsSpan(0, batch.Rows), batch.ValueTargets.AsSpan(0, batch.Rows));
        return _sum.ToStatistics(hasKlTerm, explained, KlCoefficient, learningRate);
    }

    // Fisher and Yates.
    private static void Shuffle(ref RandomStream random, Span<int> order)
    {
        for (int i = order.Length - 1; i > 0; i--)
        {
            int other = random.NextInt32(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }

    private void RequireStateBytes(int length)
    {
        if (length < StateByteCount)
        {
            throw new ArgumentException($"The learner's state takes {StateByteCount} bytes; got {length}.");
        }
    }
}
