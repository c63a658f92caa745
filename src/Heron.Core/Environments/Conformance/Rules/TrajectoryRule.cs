namespace Heron.Core.Environments.Conformance.Rules;

/// <summary>A rule that can be seen in the results of single calls.</summary>
internal abstract class TrajectoryRule : ConformanceRule
{
    internal override string? FindViolation(Trial trial)
    {
        // One copy plays all episodes, as it does in use.
        TrialCopy copy = trial.NewCopy();
        foreach (uint seed in trial.EpisodeSeeds)
        {
            TrialActions actions = trial.NewActions(seed);
            copy.Reset(seed);
            string? violation = Look(copy);
            while (violation is null && trial.GoesOn(copy))
            {
                actions.Fill(copy);
                copy.Step();
                violation = Look(copy);
            }

            if (violation is not null)
            {
                return $"{copy.Place}: {violation}";
            }
        }

        return null;
    }

    /// <summary>Looks at the results of the last reset or step.</summary>
    /// <returns>What is wrong with them, or null.</returns>
    protected virtual string? Look(TrialCopy copy)
    {
        for (int agent = 0; agent < copy.Flags.Length; agent++)
        {
            if (LookAtAgent(copy, agent) is { } violation)
            {
                return $"agent '{copy.Spec.Agents[agent].Id}' {violation}.";
            }
        }

        return null;
    }

    /// <summary>Looks at one agent's results.</summary>
    /// <returns>What is wrong with them, as the rest of a sentence about the agent, or null.</returns>
    protected virtual string? LookAtAgent(TrialCopy copy, int agent) => null;
}
