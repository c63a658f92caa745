using System.Runtime.InteropServices;
using Heron.Core.Agents;
using Heron.Core.Environments;

namespace Heron.Core.Scheduling;

/// <summary>Custom events of one copy: payloads on their way, and the handlers that they reach.</summary>
internal sealed class CustomEventFlow(EventRun run, KnownState known)
{
    private const int HeadBytes = sizeof(long);

    private readonly RowPool _payloads = new(HeadBytes + run.Plan.HandlerPayloadBytes);

    public void Start() => _payloads.Clear();

    /// <param name="raised">The kind of event.</param>
    /// <param name="sender">Null from outside the tree.</param>
    /// <param name="recipient">Who handles it.</param>
    /// <param name="payload">What it carries.</param>
    /// <param name="delaySeconds">Until it happens.</param>
    /// <param name="priority">Within its instant.</param>
    public EventId Send<T>(CustomEvent<T> raised, Agent? sender, Agent recipient, in T payload, double delaySeconds, int priority)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(recipient);
        if (recipient.Index >= run.Plan.Agents.Length || recipient.Index < 0 || !ReferenceEquals(run.Plan.Agents[recipient.Index], recipient))
        {
            throw new ArgumentException($"Event '{raised.Name}' goes to agent '{recipient.Id}', which is not part of this {run.Plan.Spec.Id}.", nameof(recipient));
        }

        int handler = IndexOfHandler(recipient, raised);
        if (handler < 0)
        {
            string known = recipient.EventHandlers.Count == 0 ? "none" : string.Join(", ", recipient.HandledEvents.Select(handled => handled.Name));
            throw new ArgumentException($"Agent '{recipient.Id}' handles no event '{raised.Name}'; it handles: {known}. Call Handle in its constructor.", nameof(raised));
        }

        return Push(handler, sender, recipient, payload, ScheduleConfig.ToDelay(delaySeconds, nameof(delaySeconds)), priority);
    }

    public int SendToAll<T>(CustomEvent<T> raised, Agent? sender, in T payload, double delaySeconds, int priority)
        where T : unmanaged
    {
        long delay = ScheduleConfig.ToDelay(delaySeconds, nameof(delaySeconds));
        int recipients = 0;
        foreach (Agent agent in run.Plan.Agents)
        {
            int handler = ReferenceEquals(agent, sender) ? -1 : IndexOfHandler(agent, raised);
            if (handler >= 0)
            {
                Push(handler, sender, agent, payload, delay, priority);
                recipients++;
            }
        }

        return recipients;
    }

    public void Dispatch(in EventRecord record)
    {
        Agent agent = run.Plan.Agents[record.Agent];
        Agent? sender = record.Source < 0 ? null : run.Plan.Agents[record.Source];
        EventHandling handling = HandlingOf(record);
        handling.Invoke(new AgentContext(run.Plant, agent), sender, _payloads.Row(record.Payload)[HeadBytes..]);
        known.Publish(record.Agent);
        _payloads.Free(record.Payload);
    }

    public EventHandling HandlingOf(in EventRecord record) => run.Plan.Agents[record.Agent].EventHandlers[(int)_payloads.Head<long>(record.Payload)];

    public void Release(int payload) => _payloads.Free(payload);

    public int ByteCount => _payloads.ByteCount;

    public void Save(ref StateWriter writer) => _payloads.Save(ref writer);

    public void Load(ref StateReader reader) => _payloads.Load(ref reader);

    private EventId Push<T>(int handler, Agent? sender, Agent recipient, in T payload, long delay, int priority)
        where T : unmanaged
    {
        if (priority is < 0 or > EventPriority.Highest)
        {
            throw new ArgumentOutOfRangeException(nameof(priority), priority, $"The priority of an event is 0 to {EventPriority.Highest}; lower ones come first.");
        }

        int row = _payloads.Take();
        _payloads.Head<long>(row) = handler;
        MemoryMarshal.Write(_payloads.Row(row)[HeadBytes..], payload);
        return run.Schedule(delay, priority, EventKind.Custom, recipient.Index, EventOrigin.Caller, sender?.Index ?? -1, row);
    }

    private static int IndexOfHandler(Agent agent, CustomEvent raised)
    {
        IReadOnlyList<EventHandling> handlers = agent.EventHandlers;
        for (int i = 0; i < handlers.Count; i++)
        {
            if (ReferenceEquals(handlers[i].Event, raised))
            {
                return i;
            }
        }

        return -1;
    }
}
