using Heron.Core.Environments;
using Heron.Core.Randomness;

namespace Heron.Server.Commands;

/// <summary>Actions drawn at random among those that are allowed.</summary>
internal static class RandomActions
{
    /// <summary>Fills the action buffers of a copy.</summary>
    /// <param name="environment">The environment, reset before.</param>
    /// <param name="copy">Index of the copy.</param>
    /// <param name="random">Draws; advanced.</param>
    public static void Write(VectorEnvironment environment, int copy, ref RandomStream random)
    {
        EnvironmentLayout layout = environment.Spec.Layout;
        for (int agent = 0; agent < layout.AgentCount; agent++)
        {
            AgentSpec spec = environment.Spec.Agents[agent];
            Span<int> discrete = environment.DiscreteActions.Row(copy)[layout.Discrete(agent)];
            spec.ActionSpace.Sample(ref random, environment.ContinuousActions.Row(copy)[layout.Continuous(agent)], discrete);
            if (spec.HasActionMask)
            {
                ChooseAllowed(spec.ActionSpace.HeadSizes, environment.Masks.Row(copy)[layout.Mask(agent)], discrete, ref random);
            }
        }
    }

    private static void ChooseAllowed(ReadOnlySpan<int> headSizes, ReadOnlySpan<byte> mask, Span<int> discrete, ref RandomStream random)
    {
        int start = 0;
        for (int head = 0; head < headSizes.Length; head++)
        {
            ReadOnlySpan<byte> allowed = mask.Slice(start, headSizes[head]);
            start += headSizes[head];
            int count = allowed.Count((byte)1);
            for (int skip = count == 0 ? -1 : random.NextInt32(count), category = 0; skip >= 0; category++)
            {
                if (allowed[category] == 1 && skip-- == 0)
                {
                    discrete[head] = category;
                }
            }
        }
    }
}
