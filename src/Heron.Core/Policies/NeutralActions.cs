using Heron.Core.Spaces;

namespace Heron.Core.Policies;

/// <summary>Every agent takes its neutral action: the middle of its box, and of each head the first category that its mask allows.</summary>
public sealed class NeutralActions : IActionSource
{
    /// <inheritdoc/>
    public void Act(in ActionRequest request)
    {
        foreach (int agent in request.Agents)
        {
            Space space = request.Spec.Agents[agent].ActionSpace;
            Span<int> discrete = request.Discrete(agent);
            space.WriteNeutral(request.Continuous(agent), discrete);
            TakeFirstAllowed(space, request.Mask(agent), discrete);
        }
    }

    private static void TakeFirstAllowed(Space space, ReadOnlySpan<byte> mask, Span<int> discrete)
    {
        ReadOnlySpan<int> sizes = space.HeadSizes;
        for (int head = 0; head < sizes.Length && !mask.IsEmpty; head++)
        {
            // A head without any allowed category keeps the first.
            discrete[head] = Math.Max(0, mask[..sizes[head]].IndexOf((byte)1));
            mask = mask[sizes[head]..];
        }
    }
}
