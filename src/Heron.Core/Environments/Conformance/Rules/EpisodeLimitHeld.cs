namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class EpisodeLimitHeld : ConformanceRule
{
    // Longer episodes are not waited for.
    private const int LongestChecked = 100_000;

    public override string Meaning => "When the specification has an episode limit, no agent is alive after that many steps.";

    internal override string? FindViolation(Trial trial)
    {
        if (trial.Spec.MaxEpisodeSteps is not { } limit || limit > LongestChecked)
        {
            return null;
        }

        TrialCopy copy = trial.NewCopy();
        foreach (uint seed in trial.EpisodeSeeds)
        {
            TrialActions actions = trial.NewActions(seed);
            copy.Reset(seed);
            while (!copy.IsOver && copy.StepCount < limit)
            {
                actions.Fill(copy);
                copy.Step();
            }

            if (!copy.IsOver)
            {
                int alive = Array.FindIndex(copy.Flags, flags => flags.HasFlag(AgentFlags.Alive));
                return $"{copy.Place}: agent '{trial.Spec.Agents[alive].Id}' is alive after the limit of {limit} steps; truncate it.";
            }
        }

        return null;
    }
}
