namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class AgentsKeepNothing : ConformanceRule
{
    // Reflection is slow; what changes at all changes soon.
    private const int Steps = 20;

    public override string Meaning => "No field of an agent, policy, protocol or score changes during an episode: one instance serves all copies, and what it keeps is missing from saved states.";

    public override string Remedy => "Make what changes a feature (AddFeature in the constructor, context.Get to write it), and draw random numbers from context.Random.";

    internal override string? FindViolation(Trial trial)
    {
        TrialCopy copy = trial.NewCopy();
        TrialActions actions = trial.NewActions(trial.Options.Seed);

        // Whatever is made on first use is made now.
        copy.Reset(trial.Options.Seed);
        trial.Play(copy, actions, Steps);
        if (AuthoredFields.Of(copy.Environment, withBridge: false) is not { } fields)
        {
            return null;
        }

        copy.Reset(trial.Options.Seed + 1);
        string? violation = Look(copy, fields);
        for (int step = 0; step < Steps && violation is null && trial.GoesOn(copy); step++)
        {
            trial.Play(copy, actions, 1);
            violation = Look(copy, fields);
        }

        return violation;
    }

    private static string? Look(TrialCopy copy, AuthoredFields fields) =>
        fields.Changes() is { Count: > 0 } changes ? $"{copy.Place}: the call changed {string.Join(" and ", changes.Take(3))}." : null;
}
