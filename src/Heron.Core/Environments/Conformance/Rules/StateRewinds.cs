namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class StateRewinds : ConformanceRule
{
    public override string Meaning => "A copy that takes back a state it saved earlier repeats what it did then.";

    internal override bool NeedsRepeatableRuns => true;

    internal override string? FindViolation(Trial trial)
    {
        foreach (uint seed in trial.EpisodeSeeds)
        {
            TrialCopy straight = trial.NewCopy();
            TrialCopy rewound = trial.NewCopy();
            TrialActions actions = trial.NewActions(seed);
            straight.Reset(seed);
            rewound.Reset(seed);
            trial.Play(straight, actions, StepsBefore(seed));
            trial.Play(rewound, trial.NewActions(seed), StepsBefore(seed));

            byte[] state = rewound.Save();
            trial.Play(rewound, trial.NewActions(seed + 1), 7);
            rewound.ContinueFrom(straight, state);
            if (trial.FindDifference(straight, rewound, actions) is { } difference)
            {
                return $"{difference} Expected is a run that never went back.";
            }
        }

        return null;
    }

    /// <summary>Where in the episode to save: of four seeds in a row, right after the reset for one, further and further in for the others.</summary>
    private static int StepsBefore(uint seed) => (int)(seed % 4 * (seed % 4));
}
