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

    /// <summary>Puts continuous numbers on the scale from -1 (lowest) to 1 (highest). Numbers outside the bounds stay outside.</summary>
    /// <param name="continuous">Shape (<see cref="ContinuousLength"/>).</param>
    /// <param name="scaled">Receives as many; 0 where both bounds are the same.</param>
    /// <exception cref="InvalidOperationException">A number has no finite bounds.</exception>
    public void Scale(ReadOnlySpan<float> continuous, Span<float> scaled)
    {
        for (int i = 0; i < ContinuousLength; i++)
        {
            (double low, double high) = FiniteBounds(i);
            scaled[i] = high > low ? (float)((2 * (continuous[i] - low) / (high - low)) - 1) : 0;
        }
    }

    /// <summary>Takes continuous numbers back from the scale of <see cref="Scale"/>; beyond -1 and 1 is clipped.</summary>
    /// <param name="scaled">Shape (<see cref="ContinuousLength"/>).</param>
    /// <param name="continuous">Receives as many; the bound where both are the same.</param>
    /// <exception cref="InvalidOperationException">A number has no finite bounds.</exception>
    public void Unscale(ReadOnlySpan<float> scaled, Span<float> continuous)
    {
        for (int i = 0; i < ContinuousLength; i++)
        {
            (double low, double high) = FiniteBounds(i);
            continuous[i] = Math.Clamp((float)(low + ((scaled[i] + 1.0) / 2 * (high - low))), (float)low, (float)high);
        }
    }

    /// <summary>The space of a value with continuous numbers between two bounds each, and of heads.</summary>
    /// <param name="low">Lowest values.</param>
    /// <param name="high">Highest values, as many.</param>
    /// <param name="headSizes">Categories of each head.</param>
    /// <returns>A box, one or several heads, or both together; a single category when there is nothing to choose.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a bound is impossible; see <see cref="BoxSpace"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A head has no category.</exception>
    public static Space Of(IReadOnlyList<float> low, IReadOnlyList<float> high, params IReadOnlyList<int> headSizes) => (low.Count + high.Count, headSizes.Count) switch
    {
        (0, 0) => new DiscreteSpace(1),
        (_, 0) => new BoxSpace(low, high),
        (0, 1) => new DiscreteSpace(headSizes[0]),
        (0, _) => new MultiDiscreteSpace(headSizes),
        _ => new MixedSpace(new BoxSpace(low, high), new MultiDiscreteSpace(headSizes)),
    };

    private (double Low, double High) FiniteBounds(int index)
    {
        float low = Low(index), high = High(index);
        return float.IsFinite(low) && float.IsFinite(high)
            ? (low, high)
            : throw new InvalidOperationException($"Number {index} of {this} has no finite bounds, so there is no scale from -1 to 1. Bound the space.");
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
