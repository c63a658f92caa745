using Heron.Core.Environments.Conformance.Rules;
using Heron.Core.Environments.Conformance.Rules.EventDriven;

namespace Heron.Core.Environments.Conformance;

/// <summary>The rules that every environment must keep, so that whatever steps it can rely on them.</summary>
/// <remarks>
/// For the tests of environment authors: <c>Assert.Empty(EnvironmentConformance.Check(factory))</c>. Most rules are about
/// step mode; the last ones run environments that can run event-driven so, with the delays, conditions and disturbances they declare.
/// </remarks>
public static class EnvironmentConformance
{
    /// <summary>All rules, in the order in which they are checked.</summary>
    public static IReadOnlyList<ConformanceRule> Rules { get; } =
    [
        new NoExceptions(),
        new SpecShared(),
        new AgentsKeepNothing(),
        new SeedsRepeat(),
        new CopiesIndependent(),
        new ResetStartsEpisode(),
        new FlagsConsistent(),
        new EndsAreTold(),
        new FinishedStayFinished(),
        new EpisodeLimitHeld(),
        new ObservationsInSpace(),
        new UnobservedKeepNumbers(),
        new RewardsFinite(),
        new RewardsOnlyInEpisode(),
        new MetricsFinite(),
        new MasksValid(),
        new ExtremeActionsAccepted(),
        new ForbiddenActionsAccepted(),
        new ActionsClipped(),
        new IdleActionsIgnored(),
        new ResetForgets(),
        new SavingChangesNothing(),
        new StateBytesRepeat(),
        new StateRewinds(),
        new StateComplete(),
        new StateLengthChecked(),
        new RenderWorks(),
        new VectorEqualsSingles(),
        new NothingAllocated(),
        new NoEventExceptions(),
        new EventsReachAgents(),
        new EventNumbersInSpace(),
        new EventSeedsRepeat(),
        new EventStateContinues(),
        new EventsAllocateNothing(),
    ];

    /// <summary>Checks an environment; takes seconds at most for an ordinary one.</summary>
    /// <param name="factory">The environment.</param>
    /// <param name="options">How long to look; default <see cref="ConformanceOptions"/>.</param>
    /// <returns>
    /// One entry per broken rule, with the first case that was found; empty when all is well. Rules that cannot be judged
    /// because an earlier one is broken are left out: all others when ordinary episodes throw, and those that compare runs
    /// when agents keep something between them or no two runs are alike. What step mode shows is not reported event-driven again.
    /// </returns>
    public static IReadOnlyList<ConformanceViolation> Check(EnvironmentFactory factory, ConformanceOptions? options = null)
    {
        var trial = new Trial(factory, options ?? new ConformanceOptions());
        var violations = new List<ConformanceViolation>();
        foreach (ConformanceRule rule in Rules)
        {
            if (CanBeJudged(rule, violations) && FindViolation(rule, trial) is { } message)
            {
                string suspects = rule.BlamesFields && !violations.Exists(earlier => RuleOf(earlier).BlamesFields) ? Suspects(trial) : "";
                violations.Add(new ConformanceViolation(rule.Name, string.Join(' ', new[] { message, suspects, rule.Remedy }.Where(part => part.Length > 0))));
            }
        }

        return violations;
    }

    /// <summary>What an environment threw, and where.</summary>
    internal static string Describe(Exception exception) => $"{exception.GetType().Name}: {exception.Message}{PlaceOf(exception)}";

    private static bool CanBeJudged(ConformanceRule rule, List<ConformanceViolation> violations) =>
        violations.All(earlier => !rule.Presumed.Contains(earlier.Rule) && earlier.Rule switch
        {
            nameof(NoExceptions) => false,
            nameof(AgentsKeepNothing) => !rule.BlamesFields,
            nameof(SeedsRepeat) or nameof(CopiesIndependent) => !rule.NeedsRepeatableRuns,
            _ => true,
        });

    private static ConformanceRule RuleOf(ConformanceViolation violation) => Rules.First(rule => rule.Name == violation.Rule);

    private static string? FindViolation(ConformanceRule rule, Trial trial)
    {
        try
        {
            return rule.FindViolation(trial);
        }
        catch (Exception exception)
        {
            // Whatever an environment throws is a finding about it, not a failure of the suite.
            return Describe(exception);
        }
    }

    // Told once: fields that change are where something outlasts a step. A bridge may use some as scratch, so they are suspects only.
    private static string Suspects(Trial trial)
    {
        TrialCopy copy = trial.NewCopy();
        copy.Reset(trial.Options.Seed);
        trial.Play(copy, trial.NewActions(trial.Options.Seed), 2);
        if (AuthoredFields.Of(copy.Environment, withBridge: true) is not { } fields)
        {
            return "";
        }

        trial.Play(copy, trial.NewActions(trial.Options.Seed), 3);
        return fields.Changes() is { Count: > 0 } changes
            ? $"Fields that change from step to step: {string.Join(", ", changes)}. What lasts longer than a step belongs in a feature, and random numbers come from the context."
            : "No field of an agent or bridge changes; look for static fields, Random.Shared, clocks and unordered collections.";
    }

    private static string PlaceOf(Exception exception) =>
        exception.StackTrace?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [{ } first, ..] ? $" ({first})" : "";
}
