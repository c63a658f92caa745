using Heron.Core.Randomness;
using Heron.Core.Spaces;

namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class ActionsClipped : ConformanceRule
{
    public override string Meaning => "A finite number outside its Box does what the nearest bound does.";

    internal override bool NeedsRepeatableRuns => true;

    internal override string? FindViolation(Trial trial)
    {
        TrialCopy bounded = trial.NewCopy();
        TrialCopy beyond = trial.NewCopy();
        foreach (uint seed in trial.EpisodeSeeds)
        {
            var random = new RandomStream(~(ulong)seed);
            bounded.ForgetResults();
            beyond.ForgetResults();
            bounded.Reset(seed);
            beyond.Reset(seed);
            string? difference = trial.FindDifference(bounded, beyond, trial.NewActions(seed), (inside, outside) => Exceed(inside, outside, ref random));
            if (difference is not null)
            {
                return $"{difference} Only actions beyond their bounds differ from the expected run, which acts at the bounds.";
            }
        }

        return null;
    }

    private static void Exceed(TrialCopy inside, TrialCopy outside, ref RandomStream random)
    {
        for (int agent = 0; agent < inside.Flags.Length; agent++)
        {
            Space space = inside.Spec.Agents[agent].ActionSpace;
            Span<float> at = inside.Continuous.AsSpan(inside.Spec.Layout.Continuous(agent));
            Span<float> past = outside.Continuous.AsSpan(inside.Spec.Layout.Continuous(agent));
            for (int i = 0; i < at.Length; i++)
            {
                int side = random.NextInt32(3) - 1;
                float bound = side < 0 ? space.Low(i) : space.High(i);
                if (side != 0 && float.IsFinite(bound))
                {
                    at[i] = bound;
                    past[i] = random.NextInt32(2) == 0 ? bound + (side * (1 + Math.Abs(bound))) : side * float.MaxValue;
                }
            }
        }
    }
}
