namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class ForbiddenActionsAccepted : ConformanceRule
{
    public override string Meaning => "Actions that a mask forbids do not throw and do not lead out of the observation space.";

    internal override string? FindViolation(Trial trial)
    {
        TrialCopy copy = trial.NewCopy();
        foreach (uint seed in trial.EpisodeSeeds)
        {
            TrialActions actions = trial.NewActions(seed);
            copy.Reset(seed);
            while (trial.GoesOn(copy))
            {
                actions.Fill(copy);
                ChooseForbidden(copy);
                copy.Step();
                if (TrialCheck.FindBadNumber(copy) is { } violation)
                {
                    return violation;
                }
            }
        }

        return null;
    }

    private static void ChooseForbidden(TrialCopy copy)
    {
        EnvironmentLayout layout = copy.Spec.Layout;
        for (int agent = 0; agent < copy.Flags.Length; agent++)
        {
            TrialActions.Choose(
                copy.Spec.Agents[agent].ActionSpace, copy.Masks.AsSpan(layout.Mask(agent)), copy.Discrete.AsSpan(layout.Discrete(agent)), allowed: 0);
        }
    }
}
