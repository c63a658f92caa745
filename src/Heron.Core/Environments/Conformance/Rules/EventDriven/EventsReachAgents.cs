using Heron.Core.Scheduling;

namespace Heron.Core.Environments.Conformance.Rules.EventDriven;

internal sealed class EventsReachAgents : EventDrivenRule
{
    public override string Meaning => "Event-driven, with the schedules that the environment declares, the physics runs, every agent is rewarded, and each that is asked from outside decides.";

    public override string Remedy => "Schedules are declared in the agents' constructors (Schedule), or by Schedule of the builder.";

    protected override string? FindViolation(Trial trial, uint seed)
    {
        var run = new EventTrial(trial);
        run.Play(seed);
        EpisodeSummary summary = run.Scheduler.Summarize();
        return summary.Diagnostics.FirstOrDefault(diagnostic => IsMeant(run, diagnostic, summary)) is { } found ? $"{run.Place}: {found.Message}" : null;
    }

    // Agents may end an episode early, and a short one may be over before everybody's turn.
    private static bool IsMeant(EventTrial run, Diagnostic diagnostic, EpisodeSummary summary) => diagnostic.Kind switch
    {
        DiagnosticKind.PhysicsNeverRan => !summary.IsTerminated,
        DiagnosticKind.NoReward => summary.PhysicsRuns >= EventTrial.PhysicsRuns,
        DiagnosticKind.NoDecision => summary.PhysicsRuns >= EventTrial.PhysicsRuns && run.Scheduler.IsAsked(diagnostic.AgentId!),

        // Whether protocols and policies find something to decide depends on the task, and rewards that overlap are right, only late.
        _ => false,
    };
}
