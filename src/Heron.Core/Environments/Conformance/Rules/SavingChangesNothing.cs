namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class SavingChangesNothing : ConformanceRule
{
    public override string Meaning => "A copy whose state is saved after every call goes on like one that is never saved.";

    internal override bool NeedsRepeatableRuns => true;

    internal override string? FindViolation(Trial trial)
    {
        foreach (uint seed in trial.EpisodeSeeds)
        {
            TrialCopy left = trial.NewCopy();
            TrialCopy saved = trial.NewCopy();
            left.Reset(seed);
            saved.Reset(seed);
            string? difference = trial.FindDifference(left, saved, trial.NewActions(seed), (_, copy) => copy.Save());
            if (difference is not null)
            {
                return $"{difference} Expected is a copy that was not saved.";
            }
        }

        return null;
    }
}
