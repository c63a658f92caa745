using System.Text;
using Google.Protobuf.Collections;
using Heron.Core.Scheduling;
using Heron.Server.Driving;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>Episodes in numbers, in the words of the wire.</summary>
internal static class EpisodeReportMapping
{
    public static Wire.EpisodeSummary ToWire(EpisodeReport report)
    {
        var wire = new Wire.EpisodeSummary
        {
            EpisodeSeed = report.Seed,
            EndReason = ToWire(report.End),
            EndSeconds = report.EndSeconds,
            Steps = Count(report.Steps),
            TotalReturn = report.Return,
        };
        wire.Metrics.Add(report.Metrics.ToDictionary());
        wire.MetricMeans.Add(report.MetricMeans.ToDictionary());
        wire.Agents.AddRange(report.Agents.Select(ToWire));
        if (report.Events is { } events)
        {
            var statistics = events.Agents.ToDictionary(agent => agent.AgentId);
            foreach (Wire.AgentSummary agent in wire.Agents)
            {
                Add(agent, statistics[agent.AgentId]);
            }

            wire.Events = ToWire(events);
        }

        return wire;
    }

    /// <summary>A word as the wire and JSON have it: <c>AgentTick</c> is <c>agent_tick</c>.</summary>
    public static string NameOf<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        var name = new StringBuilder();
        foreach (char letter in value.ToString())
        {
            name.Append(char.IsUpper(letter) && name.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }

    private static Wire.AgentSummary ToWire(AgentReport agent) => new()
    {
        AgentId = agent.AgentId,
        EpisodeReturn = agent.Return,
        Terminated = agent.IsTerminated,
        Truncated = agent.IsTruncated,
    };

    private static void Add(Wire.AgentSummary agent, AgentStatistics statistics)
    {
        agent.Ticks = Count(statistics.Ticks);
        agent.Observations = Count(statistics.Observations);
        agent.Decisions = Count(statistics.Decisions);
        agent.Effects = Count(statistics.Effects);
        agent.MeanStalenessSeconds = statistics.MeanStalenessSeconds;
        agent.MaxStalenessSeconds = statistics.MaxStalenessSeconds;
    }

    private static Wire.EventCounts ToWire(EpisodeSummary events)
    {
        var wire = new Wire.EventCounts
        {
            Events = Count(events.Events),
            Observations = Count(events.Observations),
            Effects = Count(events.Effects),
            StateUpdates = Count(events.StateUpdates),
            PhysicsRuns = Count(events.PhysicsRuns),
            ExtraPhysicsRuns = Count(events.ExtraPhysicsRuns),
            Disturbances = Count(events.Disturbances),
            CustomEvents = Count(events.CustomEvents),
        };
        Add(wire.EventsByKind, events.EventsByKind);
        Add(wire.MessagesByKind, events.MessagesByKind);
        wire.Diagnostics.AddRange(events.Diagnostics.Select(diagnostic => diagnostic.Message));
        return wire;
    }

    private static void Add<TKind>(MapField<string, uint> wire, IReadOnlyDictionary<TKind, long> counts)
        where TKind : struct, Enum
    {
        foreach ((TKind kind, long count) in counts)
        {
            wire.Add(NameOf(kind), Count(count));
        }
    }

    private static uint Count(long count) => (uint)Math.Min(count, uint.MaxValue);

    private static Wire.EndReason ToWire(EpisodeEnd end) => end switch
    {
        EpisodeEnd.Terminated => Wire.EndReason.Terminated,
        EpisodeEnd.Truncated => Wire.EndReason.Truncated,
        EpisodeEnd.MaxSteps => Wire.EndReason.MaxSteps,
        EpisodeEnd.TimeLimit => Wire.EndReason.TimeLimit,
        EpisodeEnd.MaxEvents => Wire.EndReason.MaxEvents,
        EpisodeEnd.MaxSimTime => Wire.EndReason.MaxSimTime,
        EpisodeEnd.QueueEmpty => Wire.EndReason.QueueEmpty,
        EpisodeEnd.Stopped => Wire.EndReason.Stopped,
        _ => throw new NotSupportedException($"The end {end} has no form on the wire."),
    };
}
