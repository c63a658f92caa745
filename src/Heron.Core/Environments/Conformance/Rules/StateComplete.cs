namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class StateComplete : ConformanceRule
{
    public override string Meaning => "Copies with another past that pass a state on after every step go on like one copy by itself: nothing is kept outside the state.";

    internal override bool NeedsRepeatableRuns => true;

    internal override string? FindViolation(Trial trial)
    {
        TrialCopy[] runners = [trial.NewCopy(), trial.NewCopy()];
        foreach (uint seed in trial.EpisodeSeeds)
        {
            for (int runner = 0; runner < runners.Length; runner++)
            {
                uint otherSeed = seed + 1000 + (uint)runner;
                runners[runner].Reset(otherSeed);
                trial.Play(runners[runner], trial.NewActions(otherSeed), 3 + (4 * runner));
            }

            if (Relay(trial, runners, seed) is { } violation)
            {
                return violation;
            }
        }

        return null;
    }

    private static string? Relay(Trial trial, TrialCopy[] runners, uint seed)
    {
        TrialCopy alone = trial.NewCopy();
        TrialActions actions = trial.NewActions(seed);
        alone.Reset(seed);
        TrialCopy last = alone;
        while (trial.GoesOn(alone))
        {
            TrialCopy next = runners[alone.StepCount % runners.Length];
            byte[] state = last.Save();
            next.ContinueFrom(last, state);
            if (!next.Save().AsSpan().SequenceEqual(state))
            {
                return $"{alone.Place}: a state that was saved, taken over by another copy and saved again has changed.";
            }

            actions.Fill(alone);
            next.TakeActionsOf(alone);
            alone.Step();
            next.Step();
            if (next.DifferenceFrom(alone) is { } difference)
            {
                return $"{difference} Expected is a copy by itself; this one took the state over before the step.";
            }

            last = next;
        }

        return null;
    }
}
