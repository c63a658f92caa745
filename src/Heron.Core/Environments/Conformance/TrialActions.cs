using Heron.Core.Randomness;
using Heron.Core.Spaces;

namespace Heron.Core.Environments.Conformance;

/// <summary>Random actions in the agents' spaces that keep to the masks, for all agents whether or not they must act.</summary>
internal sealed class TrialActions(EnvironmentSpec spec, uint seed)
{
    private RandomStream _random = new(seed);

    public void Fill(TrialCopy copy)
    {
        for (int agent = 0; agent < spec.Agents.Count; agent++)
        {
            Span<int> categories = copy.Discrete.AsSpan(spec.Layout.Discrete(agent));
            spec.Agents[agent].ActionSpace.Sample(ref _random, copy.Continuous.AsSpan(spec.Layout.Continuous(agent)), categories);
            Choose(spec.Agents[agent].ActionSpace, copy.Masks.AsSpan(spec.Layout.Mask(agent)), categories, allowed: 1);
        }
    }

    /// <summary>Moves each category on to the next one that the mask shows as allowed (1) or forbidden (0), if there is one.</summary>
    public static void Choose(Space space, ReadOnlySpan<byte> mask, Span<int> categories, byte allowed)
    {
        for (int head = 0; head < categories.Length && !mask.IsEmpty; head++)
        {
            int size = space.HeadSizes[head];
            for (int tries = 0; tries < size && mask[categories[head]] != allowed; tries++)
            {
                categories[head] = (categories[head] + 1) % size;
            }

            mask = mask[size..];
        }
    }
}
