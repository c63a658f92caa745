using Heron.Core.Randomness;
using Heron.Core.Spaces;

namespace Heron.Core.Policies;

/// <summary>Every agent acts at random within its action space and its mask.</summary>
public sealed class RandomActions : IActionSource
{
    /// <inheritdoc/>
    public void Act(in ActionRequest request)
    {
        foreach (int agent in request.Agents)
        {
            Sample(request.Spec.ActionSpaces[agent], request.Mask(agent), ref request.Random(agent), request.Continuous(agent), request.Discrete(agent));
        }
    }

    /// <summary>Draws one action: as <see cref="Space.Sample"/>, but uniform over the categories that the mask allows.</summary>
    /// <param name="space">The action space.</param>
    /// <param name="mask">1 for each allowed category, heads concatenated; empty allows all.</param>
    /// <param name="random">The stream that is advanced.</param>
    /// <param name="continuous">Receives the continuous part.</param>
    /// <param name="discrete">Receives one category per head.</param>
    public static void Sample(Space space, ReadOnlySpan<byte> mask, ref RandomStream random, Span<float> continuous, Span<int> discrete)
    {
        space.Sample(ref random, continuous, discrete);
        if (mask.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<int> sizes = space.HeadSizes;
        for (int head = 0; head < sizes.Length; head++)
        {
            ReadOnlySpan<byte> allowed = mask[..sizes[head]];
            mask = mask[sizes[head]..];
            discrete[head] = NthAllowed(allowed, random.NextInt32(Math.Max(1, allowed.Count((byte)1))));
        }
    }

    private static int NthAllowed(ReadOnlySpan<byte> allowed, int n)
    {
        for (int category = 0; category < allowed.Length; category++)
        {
            if (allowed[category] != 0 && n-- == 0)
            {
                return category;
            }
        }

        return 0;
    }
}
