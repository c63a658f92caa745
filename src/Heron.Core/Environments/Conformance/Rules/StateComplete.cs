namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class StateComplete : ConformanceRule
{
    public override string Meaning => "A copy with another past that takes over a saved state goes on like the copy that saved it: nothing is kept outside the state.";

    internal override bool NeedsRepeatableRuns => true;

    internal override string? FindViolation(Trial trial)
    {
        TrialCopy used = trial.NewCopy();
        foreach (uint seed in trial.EpisodeSeeds)
        {
            TrialCopy original = trial.NewCopy();
            TrialActions actions = trial.NewActions(seed);
            original.Reset(seed);
            trial.Play(original, actions, StepsBefore(seed));
            used.Reset(seed + 1000);
            trial.Play(used, trial.NewActions(seed + 1000), 5 + StepsBefore(seed));

            byte[] state = original.Save();
            used.ContinueFrom(original, state);
            if (!used.Save().AsSpan().SequenceEqual(state))
            {
                return $"{original.Place}: a state that was saved, taken over by another copy and saved again has changed.";
            }

            if (trial.FindDifference(original, used, actions) is { } difference)
            {
                return $"{difference} Expected is the copy that saved the state; this one took it over.";
            }
        }

        return null;
    }

    /// <summary>Where in the episode to save: right after the reset first, then further and further in.</summary>
    internal static int StepsBefore(uint seed) => (int)(seed % 5 * (seed % 5));
}
