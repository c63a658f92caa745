using Heron.Core.Randomness;

namespace Heron.Core.Spaces;

/// <summary>The set of values that an observation or an action may take.</summary>
/// <remarks>
/// Every space is at most two leaves, in this order: continuous numbers and discrete heads (a head of n categories
/// takes 0..n-1). An action is held as <see cref="ContinuousLength"/> floats and <see cref="HeadSizes"/>.Length ints;
/// an observation is held as <see cref="Length"/> floats, continuous first, heads as whole numbers after them.
/// </remarks>
public abstract class Space
{
    private protected Space(int continuousLength, int[] headSizes)
    {
        ContinuousLength = continuousLength;
        _headSizes = headSizes;
        MaskLength = headSizes.Sum();
    }

    private readonly int[] _headSizes;

    /// <summary>How many continuous numbers a value has, 0 or more.</summary>
    public int ContinuousLength { get; }

    /// <summary>Categories of each discrete head, each at least 1; empty when the space is continuous.</summary>
    public ReadOnlySpan<int> HeadSizes => _headSizes;

    /// <summary>Numbers in a flat value: the continuous ones, then one per head.</summary>
    public int Length => ContinuousLength + _headSizes.Length;

    /// <summary>Bytes in an action mask: one per category, heads concatenated; 0 when the space has no head.</summary>
    public int MaskLength { get; }

    /// <summary>Lowest allowed value of continuous number <paramref name="index"/>, possibly negative infinity.</summary>
    public virtual float Low(int index) => throw NoContinuousPart(index);

    /// <summary>Highest allowed value of continuous number <paramref name="index"/>, possibly positive infinity.</summary>
    public virtual float High(int index) => throw NoContinuousPart(index);

    /// <summary>Whether the value lies in this space; NaN and infinity never do, not even without bounds.</summary>
    /// <param name="continuous">Shape (<see cref="ContinuousLength"/>).</param>
    /// <param name="discrete">Shape (number of heads).</param>
    public bool Contains(ReadOnlySpan<float> continuous, ReadOnlySpan<int> discrete)
    {
        if (continuous.Length != ContinuousLength || discrete.Length != _headSizes.Length)
        {
            return false;
        }

        if (!ContainsContinuous(continuous))
        {
            return false;
        }

        for (int head = 0; head < discrete.Length; head++)
        {
            if ((uint)discrete[head] >= (uint)_headSizes[head])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a flat value, heads as whole numbers after the continuous part, lies in this space; NaN and infinity never do.</summary>
    /// <param name="flat">Shape (<see cref="Length"/>).</param>
    public bool ContainsFlat(ReadOnlySpan<float> flat)
    {
        if (flat.Length != Length)
        {
            return false;
        }

        for (int head = 0; head < _headSizes.Length; head++)
        {
            float value = flat[ContinuousLength + head];
            if (!(value >= 0 && value < _headSizes[head]) || value != MathF.Floor(value))
            {
                return false;
            }
        }

        return ContainsContinuous(flat[..ContinuousLength]);
    }

    /// <summary>
    /// Draws a value: uniform between finite bounds, standard normal without bounds, bound plus or minus an
    /// exponential of mean 1 with one bound, uniform categories.
    /// </summary>
    /// <param name="random">The stream that is advanced.</param>
    /// <param name="continuous">Receives the continuous part.</param>
    /// <param name="discrete">Receives one category per head.</param>
    public void Sample(ref RandomStream random, Span<float> continuous, Span<int> discrete)
    {
        for (int i = 0; i < ContinuousLength; i++)
        {
            continuous[i] = SampleBetween(ref random, Low(i), High(i));
        }

        for (int head = 0; head < _headSizes.Length; head++)
        {
            discrete[head] = random.NextInt32(_headSizes[head]);
        }
    }

    /// <summary>Writes the neutral action: the middle of finite bounds, else the allowed number nearest to 0; heads 0.</summary>
    /// <param name="continuous">Receives the continuous part.</param>
    /// <param name="discrete">Receives one category per head.</param>
    public void WriteNeutral(Span<float> continuous, Span<int> discrete)
    {
        for (int i = 0; i < ContinuousLength; i++)
        {
            float low = Low(i), high = High(i);
            continuous[i] = float.IsFinite(low) && float.IsFinite(high)
                ? (float)(low + (((double)high - low) / 2))
                : Math.Clamp(0f, low, high);
        }

        discrete.Clear();
    }

    private bool ContainsContinuous(ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]) || values[i] < Low(i) || values[i] > High(i))
            {
                return false;
            }
        }

        return true;
    }

    private static float SampleBetween(ref RandomStream random, float low, float high)
    {
        return (float.IsFinite(low), float.IsFinite(high)) switch
        {
            // In double, because the width of a wide box is no float.
            (true, true) => Math.Clamp((float)(low + (random.NextDouble() * ((double)high - low))), low, high),
            (true, false) => low - (float)Math.Log(1 - random.NextDouble()),
            (false, true) => high + (float)Math.Log(1 - random.NextDouble()),
            _ => (float)random.NextGaussian(),
        };
    }

    private InvalidOperationException NoContinuousPart(int index) =>
        new($"{this} has no continuous number {index}.");
}
