namespace Heron.Core.Scheduling;

/// <summary>What an event-driven episode was like for one agent.</summary>
/// <param name="AgentId">Its id.</param>
/// <param name="Events">Events that concerned it.</param>
/// <param name="Ticks">Times it woke up, for any reason.</param>
/// <param name="Observations">Observations that reached it.</param>
/// <param name="Decisions">Actions that it or an agent above chose for it.</param>
/// <param name="Commands">Actions that its protocols commanded to others.</param>
/// <param name="Effects">Decisions that took effect.</param>
/// <param name="Rewards">Rewards that were stored.</param>
/// <param name="Return">Their sum.</param>
/// <param name="Pairs">Decisions that these rewards answer for.</param>
/// <param name="MeanStalenessSeconds">Mean time from the state observed to the effect of the decision on it; 0 without effects.</param>
/// <param name="MaxStalenessSeconds">Longest such time.</param>
/// <param name="IsTerminated">Whether one of its rewards ended its episode by the rules of the task.</param>
/// <param name="IsTruncated">Whether one of its rewards cut it off.</param>
public sealed record AgentStatistics(
    string AgentId,
    long Events,
    long Ticks,
    long Observations,
    long Decisions,
    long Commands,
    long Effects,
    long Rewards,
    double Return,
    long Pairs,
    double MeanStalenessSeconds,
    double MaxStalenessSeconds,
    bool IsTerminated,
    bool IsTruncated);
