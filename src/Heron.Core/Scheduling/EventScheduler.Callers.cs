using Heron.Core.Agents;
using Heron.Core.Environments;

namespace Heron.Core.Scheduling;

/// <summary>What a caller may do to a run from outside.</summary>
public sealed partial class EventScheduler
{
    /// <summary>Wakes an agent up at some time, once and out of turn.</summary>
    /// <param name="agentId">One that acts.</param>
    /// <param name="delaySeconds">Simulated seconds from now, 0 or more; default 0.</param>
    /// <exception cref="ArgumentException">No such agent, or the time lies in the past.</exception>
    /// <exception cref="EpisodeStateException">There was no reset, or the episode is over.</exception>
    public EventId ScheduleTick(string agentId, double delaySeconds = 0)
    {
        CheckRunning();
        int agent = _plan.TreeIndex[Spec.IndexOf(agentId)];
        return _run.Schedule(ScheduleConfig.ToDelay(delaySeconds, nameof(delaySeconds)), EventPriority.StateChange, EventKind.AgentTick, agent, EventOrigin.Caller);
    }

    /// <summary>Runs the physics once out of turn; such a run is not rewarded.</summary>
    /// <param name="delaySeconds">Simulated seconds from now, 0 or more; default 0.</param>
    /// <exception cref="ArgumentException">The time lies in the past.</exception>
    /// <exception cref="EpisodeStateException">There was no reset, or the episode is over.</exception>
    public EventId ScheduleSimulation(double delaySeconds = 0)
    {
        CheckRunning();
        return _run.Schedule(
            ScheduleConfig.ToDelay(delaySeconds, nameof(delaySeconds)), EventPriority.Physics, EventKind.Simulation, _plan.State.Tree.Root.Index, EventOrigin.Caller);
    }

    /// <summary>Sends a custom event to an agent, from outside the tree.</summary>
    /// <typeparam name="T">What the event carries.</typeparam>
    /// <param name="raised">The kind of event.</param>
    /// <param name="agentId">Who handles it.</param>
    /// <param name="payload">What it carries.</param>
    /// <param name="delaySeconds">Simulated seconds from now, 0 or more; default 0.</param>
    /// <param name="priority">Order within its instant, 0 to 100; lower ones come first, default 0.</param>
    /// <exception cref="ArgumentException">No such agent, it does not handle the event, or a number is out of range.</exception>
    /// <exception cref="EpisodeStateException">There was no reset, or the episode is over.</exception>
    public EventId Raise<T>(CustomEvent<T> raised, string agentId, in T payload, double delaySeconds = 0, int priority = 0)
        where T : unmanaged
    {
        CheckRunning();
        return _customEvents.Send(raised, sender: null, Find(agentId), payload, delaySeconds, priority);
    }

    /// <summary>Sends a custom event to every agent that handles it, one event each, in tree order.</summary>
    /// <typeparam name="T">What the event carries.</typeparam>
    /// <param name="raised">The kind of event.</param>
    /// <param name="payload">What it carries.</param>
    /// <param name="delaySeconds">Simulated seconds from now, 0 or more; default 0.</param>
    /// <param name="priority">Order within its instant, 0 to 100; lower ones come first, default 0.</param>
    /// <returns>Recipients.</returns>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    /// <exception cref="EpisodeStateException">There was no reset, or the episode is over.</exception>
    public int Broadcast<T>(CustomEvent<T> raised, in T payload, double delaySeconds = 0, int priority = 0)
        where T : unmanaged
    {
        CheckRunning();
        return _customEvents.SendToAll(raised, sender: null, payload, delaySeconds, priority);
    }

    /// <summary>Cancels one scheduled event.</summary>
    /// <param name="id">The event.</param>
    /// <returns>False when it has happened or was cancelled before.</returns>
    public bool Cancel(EventId id)
    {
        if (!_run.Queue.TryCancel(id, out EventRecord cancelled))
        {
            return false;
        }

        Release(cancelled);
        return true;
    }

    /// <summary>Cancels all scheduled ticks, effects, observations or custom events of an agent. Without its next tick in turn an agent never wakes up by itself again; random disturbances, which belong to the system agent, end with the next one.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="kind">Any kind but the physics and messages, which are not the agent's own.</param>
    /// <returns>How many.</returns>
    /// <exception cref="ArgumentException">No such agent, or a kind that cannot be cancelled.</exception>
    public int CancelAll(string agentId, EventKind kind)
    {
        if (kind is EventKind.MessageDelivery or EventKind.Simulation)
        {
            throw new ArgumentException($"Events of kind {kind} belong to several agents and cannot be cancelled for one.", nameof(kind));
        }

        int agent = Find(agentId).Index, cancelled = 0;
        for (int slot = 0; _run.Queue.TryFind(ref slot, agent, kind, out EventId id); slot++)
        {
            cancelled += Cancel(id) ? 1 : 0;
        }

        return cancelled;
    }

    /// <summary>Adds a monitor, in this and all later episodes.</summary>
    /// <param name="monitor">Its id is new.</param>
    /// <exception cref="ArgumentException">The id is taken, or the agent it wakes does not exist or does not act.</exception>
    public void AddCondition(ConditionMonitor monitor) => _conditions.Add(monitor);

    /// <summary>Takes a monitor out, in this and all later episodes.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>False when there is none with this id.</returns>
    public bool RemoveCondition(string id) => _conditions.Remove(id);

    /// <summary>The schedule that an agent follows.</summary>
    /// <param name="agentId">Any agent of the tree; for the system agent that of the physics.</param>
    /// <exception cref="ArgumentException">No such agent; the message names those there are.</exception>
    public ScheduleConfig GetSchedule(string agentId) => _run.Delays[Find(agentId).Index];

    /// <summary>Changes the schedule of an agent, for example its jitter, from the next use on; what is under way stays.</summary>
    /// <param name="agentId">Any agent of the tree; for the system agent that of the physics.</param>
    /// <param name="schedule">The new one. It is not part of the saved state.</param>
    /// <exception cref="ArgumentException">No such agent; the message names those there are.</exception>
    public void SetSchedule(string agentId, ScheduleConfig schedule) => _run.Delays[Find(agentId).Index] = schedule;

    private Agent Find(string agentId) => Spec.Layout.TryGetIndex(agentId, out int acting)
        ? _plan.Agents[_plan.TreeIndex[acting]]
        : Array.Find(_plan.Agents, agent => agent.Id == agentId) ?? throw new ArgumentException($"{Spec.Id} has no agent '{agentId}'. Its agents are: {string.Join(", ", _plan.Agents.Select(agent => agent.Id))}.", nameof(agentId));

    private void Release(in EventRecord record)
    {
        switch (record.Kind)
        {
            case EventKind.AgentTick or EventKind.ObservationReady or EventKind.ActionEffect:
                _agents.Release(record.Payload);
                break;
            case EventKind.Custom:
                _customEvents.Release(record.Payload);
                break;
        }
    }
}
