using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Heron.Core.Spaces;

namespace Heron.Core.Environments;

/// <summary>Finds actions that must not reach an environment.</summary>
/// <remarks>
/// Two stages: a vectorised look at whole blocks, agents that need not act included, which in nearly every step finds
/// nothing; only then copy by copy, where the numbers of agents that need not act may be anything.
/// </remarks>
internal sealed class ActionCheck(EnvironmentSpec spec)
{
    // The exponent bits of a float are all ones for infinities and NaN only.
    private const int ExponentMask = 0x7F800000;

    private readonly uint[] _headSizes = [.. spec.Agents.SelectMany(agent => agent.ActionSpace.HeadSizes.ToArray()).Select(size => (uint)size)];

    public ActionViolation? Find(BufferBlock<float> continuous, BufferBlock<int> discrete, BufferBlock<AgentFlags> flags, int count)
    {
        if (AllFinite(continuous.All) && AllWithinHeads(discrete.All))
        {
            return null;
        }

        for (int copy = 0; copy < count; copy++)
        {
            if (FindInCopy(continuous.Row(copy), discrete.Row(copy), flags.Row(copy), copy) is { } violation)
            {
                return violation;
            }
        }

        return null;
    }

    private static bool AllFinite(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<int> bits = MemoryMarshal.Cast<float, int>(values);
        var mask = new Vector<int>(ExponentMask);
        int i = 0;
        for (; i <= bits.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            if (Vector.EqualsAny(new Vector<int>(bits[i..]) & mask, mask))
            {
                return false;
            }
        }

        for (; i < bits.Length; i++)
        {
            if ((bits[i] & ExponentMask) == ExponentMask)
            {
                return false;
            }
        }

        return true;
    }

    private bool AllWithinHeads(ReadOnlySpan<int> values)
    {
        // A negative category is a huge unsigned one, so one comparison checks both ends.
        ReadOnlySpan<uint> categories = MemoryMarshal.Cast<int, uint>(values);
        ReadOnlySpan<uint> sizes = _headSizes;
        for (int row = 0; row < categories.Length; row += sizes.Length)
        {
            ReadOnlySpan<uint> given = categories.Slice(row, sizes.Length);
            int i = 0;
            for (; i <= given.Length - Vector<uint>.Count; i += Vector<uint>.Count)
            {
                if (!Vector.LessThanAll(new Vector<uint>(given[i..]), new Vector<uint>(sizes[i..])))
                {
                    return false;
                }
            }

            for (; i < given.Length; i++)
            {
                if (given[i] >= sizes[i])
                {
                    return false;
                }
            }
        }

        return true;
    }

    private ActionViolation? FindInCopy(ReadOnlySpan<float> continuous, ReadOnlySpan<int> discrete, ReadOnlySpan<AgentFlags> flags, int copy)
    {
        for (int agent = 0; agent < flags.Length; agent++)
        {
            if ((flags[agent] & AgentFlags.MustAct) == 0)
            {
                continue;
            }

            AgentSpec acting = spec.Agents[agent];
            ReadOnlySpan<float> numbers = continuous[spec.Layout.Continuous(agent)];
            int notFinite = IndexOfNotFinite(numbers);
            if (notFinite >= 0)
            {
                string value = numbers[notFinite].ToString(CultureInfo.InvariantCulture);
                return new ActionViolation(copy, acting.Id, notFinite, value, DescribeRange(acting.ActionSpace, notFinite));
            }

            ReadOnlySpan<int> categories = discrete[spec.Layout.Discrete(agent)];
            int outside = IndexOfOutside(categories, acting.ActionSpace.HeadSizes);
            if (outside >= 0)
            {
                string value = categories[outside].ToString(CultureInfo.InvariantCulture);
                string allowed = $"a whole number from 0 to {acting.ActionSpace.HeadSizes[outside] - 1}";
                return new ActionViolation(copy, acting.Id, numbers.Length + outside, value, allowed);
            }
        }

        return null;
    }

    private static int IndexOfNotFinite(ReadOnlySpan<float> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!float.IsFinite(numbers[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static int IndexOfOutside(ReadOnlySpan<int> categories, ReadOnlySpan<int> sizes)
    {
        for (int head = 0; head < categories.Length; head++)
        {
            if ((uint)categories[head] >= (uint)sizes[head])
            {
                return head;
            }
        }

        return -1;
    }

    private static string DescribeRange(Space space, int index) => string.Create(
        CultureInfo.InvariantCulture,
        $"a finite number (from {space.Low(index)} to {space.High(index)}, others are clipped)");
}
