namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class IdleActionsIgnored : ConformanceRule
{
    public override string Meaning => "Whatever stands in the actions of agents that need not act, NaN included, changes nothing.";

    internal override bool NeedsRepeatableRuns => true;

    internal override string? FindViolation(Trial trial)
    {
        TrialCopy clean = trial.NewCopy();
        TrialCopy garbage = trial.NewCopy();
        foreach (uint seed in trial.EpisodeSeeds)
        {
            clean.ForgetResults();
            garbage.ForgetResults();
            clean.Reset(seed);
            garbage.Reset(seed);
            string? difference = trial.FindDifference(clean, garbage, trial.NewActions(seed), (_, copy) => WriteGarbage(copy));
            if (difference is not null)
            {
                return $"{difference} Only actions of agents that need not act differ from the expected run.";
            }
        }

        return null;
    }

    private static void WriteGarbage(TrialCopy copy)
    {
        for (int agent = 0; agent < copy.Flags.Length; agent++)
        {
            if (!copy.Flags[agent].HasFlag(AgentFlags.MustAct))
            {
                copy.Continuous.AsSpan(copy.Spec.Layout.Continuous(agent)).Fill(float.NaN);
                copy.Discrete.AsSpan(copy.Spec.Layout.Discrete(agent)).Fill(int.MinValue);
            }
        }
    }
}
