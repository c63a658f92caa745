namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class CopiesIndependent : ConformanceRule
{
    public override string Meaning => "What a copy does is not changed by other copies that are stepped in between.";

    internal override bool BlamesFields => true;

    internal override string? FindViolation(Trial trial)
    {
        foreach (uint seed in trial.EpisodeSeeds)
        {
            IReadOnlyList<TrialCopy> records = trial.Record(seed);
            TrialCopy copy = trial.NewCopy();
            TrialCopy other = trial.NewCopy();
            TrialActions otherActions = trial.NewActions(seed + 500);
            other.Reset(seed + 500);
            copy.Reset(seed);
            string? difference = copy.DifferenceFrom(records[0]);
            for (int step = 1; step < records.Count && difference is null; step++)
            {
                Disturb(trial, other, otherActions);
                copy.TakeActionsOf(records[step]);
                copy.Step();
                difference = copy.DifferenceFrom(records[step]);
            }

            if (difference is not null)
            {
                return $"{difference} Expected is the same episode without another copy in between.";
            }
        }

        return null;
    }

    private static void Disturb(Trial trial, TrialCopy other, TrialActions actions)
    {
        trial.Play(other, actions, 1);
        if (!trial.GoesOn(other))
        {
            other.Reset(other.Seed + 1);
        }
    }
}
