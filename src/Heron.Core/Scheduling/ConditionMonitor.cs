using Heron.Core.Agents;

namespace Heron.Core.Scheduling;

/// <summary>Wakes an agent when a claim about the state holds. Evaluated after every run of the physics and every disturbance.</summary>
/// <param name="Id">Unique among the monitors of an environment.</param>
/// <param name="AgentId">The agent that wakes up: one tick out of turn, which changes nothing about the next one in turn.</param>
/// <param name="Predicate">The claim; reads state only.</param>
public sealed record ConditionMonitor(string Id, string AgentId, StatePredicate Predicate)
{
    /// <summary>Simulated seconds that must lie between two firings, 0 or more; default 0. Exactly this time is enough.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double CooldownSeconds
    {
        get => CooldownNanoseconds / 1e9;
        init => CooldownNanoseconds = ScheduleConfig.ToDelay(value, nameof(CooldownSeconds));
    }

    /// <summary>Whether it fires once per episode only; default false.</summary>
    public bool OneShot { get; init; }

    /// <summary>Whether the tick that it causes replaces the next one in turn: that is cancelled, and the one after it comes a full interval from now. Default false.</summary>
    public bool PreemptsNextTick { get; init; }

    /// <summary>When it fires; default whenever it holds.</summary>
    public ConditionTriggering Triggering { get; init; }

    internal long CooldownNanoseconds { get; private init; }

    /// <summary>A claim about one number: it lies strictly below or above a threshold.</summary>
    /// <param name="id">Unique among the monitors of an environment.</param>
    /// <param name="agentId">The agent that wakes up.</param>
    /// <param name="number">Reads the number.</param>
    /// <param name="threshold">What it is compared with.</param>
    /// <param name="above">True for above, false (default) for below.</param>
    public static ConditionMonitor Threshold(string id, string agentId, StateNumber number, double threshold, bool above = false) => new(
        id,
        agentId,
        (in view) => above ? number(view) > threshold : number(view) < threshold);

    /// <summary>A claim that never holds, to switch a monitor off without taking it out.</summary>
    /// <param name="id">Unique among the monitors of an environment.</param>
    /// <param name="agentId">The agent that would wake up.</param>
    public static ConditionMonitor Never(string id, string agentId) => new(id, agentId, (in _) => false);

    internal void CheckAgainst(AgentTree tree)
    {
        Agent? woken = tree.Agents.FirstOrDefault(agent => agent.Id == AgentId);
        if (woken is null)
        {
            throw new ArgumentException($"Condition '{Id}' wakes agent '{AgentId}', which is not among the agents: {string.Join(", ", tree.Agents.Select(agent => agent.Id))}.");
        }

        if (woken.ActionSpace is null)
        {
            throw new ArgumentException($"Condition '{Id}' wakes agent '{AgentId}', which has no ActionSpace and so nothing to decide. Wake an agent that acts.");
        }
    }
}
