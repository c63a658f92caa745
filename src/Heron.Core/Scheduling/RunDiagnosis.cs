using System.Globalization;
using Heron.Core.Agents;

namespace Heron.Core.Scheduling;

/// <summary>Looks at a run for what is probably not meant.</summary>
internal static class RunDiagnosis
{
    // A reward cascade is up to six message hops long.
    private const int HopsOfACascade = 6;

    public static IReadOnlyList<Diagnostic> Of(EventRun run)
    {
        var found = new List<Diagnostic>();
        EventPlan plan = run.Plan;
        double interval = run.Delays[plan.State.Tree.Root.Index].TickIntervalSeconds;
        if (run.Statistics.PhysicsRuns == 0)
        {
            found.Add(new Diagnostic(DiagnosticKind.PhysicsNeverRan, null, string.Create(
                CultureInfo.InvariantCulture,
                $"The physics never ran, so nobody was rewarded: it runs every {interval} s, and the run ended at {run.Now / 1e9} s. Run longer, or set PhysicsIntervalSeconds.")));
        }

        double slowest = plan.Agents.Max(agent => run.Delays[agent.Index].MessageDelaySeconds);
        if (interval < HopsOfACascade * slowest)
        {
            found.Add(new Diagnostic(DiagnosticKind.OverlappingRewards, null, string.Create(
                CultureInfo.InvariantCulture,
                $"The physics runs every {interval} s, but messages take up to {slowest} s: rewards of one run are under way when the next one runs. They stay correct, and late.")));
        }

        found.AddRange(plan.Agents.Where(agent => IsIdleCoordinator(run, agent)).Select(agent => new Diagnostic(
            DiagnosticKind.NeverCoordinates,
            agent.Id,
            $"Agent '{agent.Id}' has a protocol that commands others, but never commanded anything: it decided {run.Statistics.Of(agent.Id).Decisions} times in {run.Statistics.Of(agent.Id).Ticks} ticks. Give it a policy, or run longer.")));
        found.AddRange(plan.Agents.Where(agent => agent.ActionSpace is not null).SelectMany(agent => Look(run, agent)));
        return found;
    }

    private static bool IsIdleCoordinator(EventRun run, Agent agent) =>
        agent.Coordinations.Any(coordination => !coordination.Protocol.CommandsNobody) && run.Statistics.Of(agent.Id).Commands == 0;

    private static IEnumerable<Diagnostic> Look(EventRun run, Agent agent)
    {
        AgentStatistics statistics = run.Statistics.Of(agent.Id);
        if (statistics.Rewards == 0 && run.Statistics.PhysicsRuns > 0)
        {
            yield return new Diagnostic(DiagnosticKind.NoReward, agent.Id, $"Agent '{agent.Id}' was never rewarded, although the physics ran {run.Statistics.PhysicsRuns} times: its messages were still under way. Run longer, or shorten message delays.");
        }

        if (statistics.Decisions == 0)
        {
            yield return new Diagnostic(DiagnosticKind.NoDecision, agent.Id, string.Create(
                CultureInfo.InvariantCulture,
                $"Agent '{agent.Id}' decided nothing in {run.Now / 1e9} s; it ticks every {run.Delays[agent.Index].TickIntervalSeconds} s and ticked {statistics.Ticks} times. Run longer, shorten its interval, or give it a policy."));
        }
    }
}
