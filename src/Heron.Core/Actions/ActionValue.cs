using System.Globalization;
using Heron.Core.Randomness;
using Heron.Core.Spaces;

namespace Heron.Core.Actions;

/// <summary>One action with memory of its own: for rules, tests and tools outside the step path. What is written is clipped to the space.</summary>
/// <remarks>A value always lies in its space: it starts neutral, lengths must fit exactly, and NaN and infinity are refused.</remarks>
public sealed class ActionValue
{
    private readonly float[] _continuous;
    private readonly int[] _discrete;

    /// <summary>Creates the neutral action.</summary>
    /// <param name="space">Where it lies.</param>
    public ActionValue(Space space)
    {
        Space = space;
        _continuous = new float[space.ContinuousLength];
        _discrete = new int[space.HeadSizes.Length];
        Reset();
    }

    /// <summary>Where it lies.</summary>
    public Space Space { get; }

    /// <summary>The continuous numbers.</summary>
    public ReadOnlySpan<float> Continuous => _continuous;

    /// <summary>The categories, one per head.</summary>
    public ReadOnlySpan<int> Discrete => _discrete;

    /// <summary>Goes back to the neutral action: the middle of finite bounds, else the allowed number nearest to 0; heads 0.</summary>
    /// <returns>This action.</returns>
    public ActionValue Reset()
    {
        Space.WriteNeutral(_continuous, _discrete);
        return this;
    }

    /// <summary>Sets the continuous numbers.</summary>
    /// <param name="continuous">Shape (<see cref="Space.ContinuousLength"/>).</param>
    /// <returns>This action.</returns>
    /// <exception cref="ArgumentException">The length differs, or a number is NaN or infinite; nothing has changed.</exception>
    public ActionValue SetContinuous(params ReadOnlySpan<float> continuous)
    {
        CheckLength(continuous.Length, _continuous.Length, "continuous numbers");
        CheckFinite(continuous);
        for (int i = 0; i < continuous.Length; i++)
        {
            _continuous[i] = Clip(i, continuous[i]);
        }

        return this;
    }

    /// <summary>Sets the categories.</summary>
    /// <param name="discrete">One per head.</param>
    /// <returns>This action.</returns>
    /// <exception cref="ArgumentException">The length differs; nothing has changed.</exception>
    public ActionValue SetDiscrete(params ReadOnlySpan<int> discrete)
    {
        CheckLength(discrete.Length, _discrete.Length, "categories");
        for (int head = 0; head < discrete.Length; head++)
        {
            _discrete[head] = Math.Clamp(discrete[head], 0, Space.HeadSizes[head] - 1);
        }

        return this;
    }

    /// <summary>Sets both parts.</summary>
    /// <param name="continuous">Shape (<see cref="Space.ContinuousLength"/>).</param>
    /// <param name="discrete">One per head.</param>
    /// <returns>This action.</returns>
    /// <exception cref="ArgumentException">A length differs, or a number is NaN or infinite.</exception>
    public ActionValue Set(ReadOnlySpan<float> continuous, ReadOnlySpan<int> discrete)
    {
        CheckLength(discrete.Length, _discrete.Length, "categories");
        return SetContinuous(continuous).SetDiscrete(discrete);
    }

    /// <summary>Sets it from one vector, categories as numbers after the continuous part; fractions of a category are cut off.</summary>
    /// <param name="flat">Shape (<see cref="Space.Length"/>).</param>
    /// <returns>This action.</returns>
    /// <exception cref="ArgumentException">The length differs, or a number is NaN or infinite; nothing has changed.</exception>
    public ActionValue SetFlat(params ReadOnlySpan<float> flat)
    {
        CheckLength(flat.Length, Space.Length, "numbers");
        CheckFinite(flat);
        SetContinuous(flat[.._continuous.Length]);
        for (int head = 0; head < _discrete.Length; head++)
        {
            // Saturating: a float beyond the ints is no reason to wrap around.
            _discrete[head] = Math.Clamp((int)Math.Clamp(flat[_continuous.Length + head], -1, Space.HeadSizes[head]), 0, Space.HeadSizes[head] - 1);
        }

        return this;
    }

    /// <summary>Takes over another action.</summary>
    /// <param name="other">An action of as many numbers and categories.</param>
    /// <returns>This action.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public ActionValue Set(ActionValue other) => Set(other.Continuous, other.Discrete);

    /// <summary>Draws it, as <see cref="Space.Sample"/>.</summary>
    /// <param name="random">The stream that is advanced.</param>
    /// <returns>This action.</returns>
    public ActionValue Sample(ref RandomStream random)
    {
        Space.Sample(ref random, _continuous, _discrete);
        return this;
    }

    /// <summary>The continuous numbers on the scale from -1 (lowest) to 1 (highest).</summary>
    /// <returns>Shape (<see cref="Space.ContinuousLength"/>); 0 where both bounds are the same.</returns>
    /// <exception cref="InvalidOperationException">A number has no finite bounds.</exception>
    public float[] Scale()
    {
        float[] scaled = new float[_continuous.Length];
        Space.Scale(_continuous, scaled);
        return scaled;
    }

    /// <summary>Sets the continuous numbers from the scale of <see cref="Scale"/>.</summary>
    /// <param name="scaled">Shape (<see cref="Space.ContinuousLength"/>); beyond -1 and 1 is clipped.</param>
    /// <returns>This action.</returns>
    /// <exception cref="ArgumentException">The length differs, or a number is NaN or infinite.</exception>
    /// <exception cref="InvalidOperationException">A number has no finite bounds.</exception>
    public ActionValue Unscale(params ReadOnlySpan<float> scaled)
    {
        CheckLength(scaled.Length, _continuous.Length, "continuous numbers");
        CheckFinite(scaled);
        Space.Unscale(scaled, _continuous);
        return this;
    }

    /// <summary>One vector, categories as numbers after the continuous part.</summary>
    /// <returns>Shape (<see cref="Space.Length"/>).</returns>
    public float[] ToVector() => [.. _continuous, .. _discrete.Select(category => (float)category)];

    /// <summary>A second action with the same numbers and memory of its own.</summary>
    public ActionValue Copy() => new ActionValue(Space).Set(this);

    /// <summary>Its numbers, for messages.</summary>
    public override string ToString() => $"[{string.Join(", ", ToVector().Select(value => value.ToString(CultureInfo.InvariantCulture)))}]";

    private float Clip(int index, float value) => MathF.Min(MathF.Max(value, Space.Low(index)), Space.High(index));

    private void CheckLength(int length, int expected, string what)
    {
        if (length != expected)
        {
            throw new ArgumentException($"An action of {Space} has {expected} {what}; got {length}.");
        }
    }

    private void CheckFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"An action of {Space} has finite numbers; got {value}."));
            }
        }
    }
}
