namespace Heron.Core.Scheduling;

/// <summary>Sums a run up.</summary>
internal static class EpisodeSummaries
{
    public static EpisodeSummary Of(EventRun run, EndReason? reason)
    {
        EpisodeStatistics statistics = run.Statistics;
        AgentStatistics[] agents = [.. run.Plan.Spec.Agents.Select(agent => statistics.Of(agent.Id))];
        return new EpisodeSummary
        {
            EndReason = reason,
            EndSeconds = run.Now / 1e9,
            Events = statistics.Events,
            EventsByKind = Enum.GetValues<EventKind>().Where(kind => statistics.Count(kind) > 0).ToDictionary(kind => kind, statistics.Count),
            MessagesByKind = Enum.GetValues<DeliveryKind>().Where(message => statistics.Count(message) > 0).ToDictionary(message => message, statistics.Count),
            Observations = agents.Sum(agent => agent.Observations),
            Effects = agents.Sum(agent => agent.Effects),
            StateUpdates = statistics.StateUpdates,
            PhysicsRuns = statistics.PhysicsRuns,
            ExtraPhysicsRuns = statistics.ExtraPhysicsRuns,
            Disturbances = statistics.Disturbances,
            CustomEvents = statistics.CustomEvents,
            Agents = agents,
            Diagnostics = RunDiagnosis.Of(run),
        };
    }
}
