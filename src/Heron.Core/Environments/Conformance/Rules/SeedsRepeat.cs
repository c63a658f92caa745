namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class SeedsRepeat : ConformanceRule
{
    public override string Meaning => "The same seed and actions give the same episode on a fresh copy, bit for bit.";

    internal override bool BlamesFields => true;

    internal override string? FindViolation(Trial trial)
    {
        foreach (uint seed in trial.EpisodeSeeds)
        {
            IReadOnlyList<TrialCopy> records = trial.Record(seed);
            TrialCopy copy = trial.NewCopy();
            copy.Reset(seed);
            string? difference = copy.DifferenceFrom(records[0]);
            for (int step = 1; step < records.Count && difference is null; step++)
            {
                copy.TakeActionsOf(records[step]);
                copy.Step();
                difference = copy.DifferenceFrom(records[step]);
            }

            if (difference is not null)
            {
                return $"{difference} Expected is an earlier run with the same seed and actions.";
            }
        }

        return null;
    }
}
