namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class MasksValid : TrajectoryRule
{
    public override string Meaning => "The mask of an agent that must act holds 0 and 1 only and allows at least one category of each head.";

    protected override string? LookAtAgent(TrialCopy copy, int agent)
    {
        if (!copy.Flags[agent].HasFlag(AgentFlags.MustAct) || !copy.Spec.Agents[agent].HasActionMask)
        {
            return null;
        }

        ReadOnlySpan<byte> mask = copy.Masks.AsSpan(copy.Spec.Layout.Mask(agent));
        int strange = mask.IndexOfAnyExceptInRange((byte)0, (byte)1);
        if (strange >= 0)
        {
            return $"has mask value {mask[strange]} at index {strange}; it must be 0 or 1";
        }

        ReadOnlySpan<int> sizes = copy.Spec.Agents[agent].ActionSpace.HeadSizes;
        for (int head = 0; head < sizes.Length; head++)
        {
            if (!mask[..sizes[head]].Contains((byte)1))
            {
                return $"has no allowed category in head {head}";
            }

            mask = mask[sizes[head]..];
        }

        return null;
    }
}
