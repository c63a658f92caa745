namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class ResetForgets : ConformanceRule
{
    public override string Meaning => "A reset, also in mid-episode, gives the episode that a fresh copy would have.";

    internal override bool NeedsRepeatableRuns => true;

    internal override string? FindViolation(Trial trial)
    {
        TrialCopy used = trial.NewCopy();
        int part = 1;
        foreach (uint seed in trial.EpisodeSeeds)
        {
            // Longer and longer parts of another episode, a whole one in the end.
            used.Reset(seed + 1000);
            trial.Play(used, trial.NewActions(seed + 1000), part == trial.Options.Episodes ? int.MaxValue : part * part);
            part++;

            TrialCopy fresh = trial.NewCopy();
            fresh.Reset(seed);
            used.ForgetResults();
            used.Reset(seed);
            if (trial.FindDifference(fresh, used, trial.NewActions(seed)) is { } difference)
            {
                return $"{difference} Expected is a fresh copy; this one had played before.";
            }
        }

        return null;
    }
}
